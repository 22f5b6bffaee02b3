import {
  boolean,
  type Decoded,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  value,
} from '../codec/codec.ts';
import { writtenOnce } from '../codec/writtenOnce.ts';
import type { JsonText } from '../json/jsonText.ts';

const expiry = object({
  /** Seconds, as given to SH_NEW. */
  durationSec: unsigned,
  deleteSession: boolean,
  /** Unix time in milliseconds, by the server's clock. */
  deadlineMs: unsigned,
});

/** Several frames may have the same one. */
export const sessionSummary = writtenOnce(
  object({
    /** Stable and short; says nothing about the token. */
    id: string,
    name: string,
    maskedToken: string,
    shared: boolean,
    keyCount: unsigned,
    /** Memory that it takes with its keys, as the server counts it. Older servers do not say. */
    bytes: optional(unsigned),
    /** Unix time in milliseconds. */
    createdAtMs: unsigned,
    /** When its keys changed last. Unix time in milliseconds; absent: not since the server started. */
    lastChangedAtMs: optional(unsigned),
    /** Commands about it in the last second; counted while somebody lists sessions. Absent: none. */
    operationsPerSecond: optional(unsigned),
    expiry: nullable(expiry),
    /** With a search in the content: the first key where something was found. */
    foundIn: optional(string),
  }),
);

/** One session in the list. */
export type SessionSummary = Decoded<typeof sessionSummary>;

/** @returns Its JSON text, the same for the same facts. */
export function writeSessionSummary(session: SessionSummary): JsonText {
  return sessionSummary.write(session);
}

/** What to look for in keys and values. Without a text and a path it finds every session that has the key. */
const content = object({
  /** Only this key. Absent: all keys. */
  key: optional(string),
  /** Part of the key or of the value as it is shown; case and accents make no difference. */
  text: optional(string),
  /** A JSON path over the value, as in KV_FIND: it selects something. */
  path: optional(string),
  /** With a path: something that it selects compares so with this value. Numbers compare by what they are worth. */
  condition: optional(object({ operator: oneOf('==', '!=', '<', '<=', '>', '>='), value })),
});

/** What to look for in keys and values. */
export type ContentQuestion = Decoded<typeof content>;

/** Rows that a frame has at most. */
export const maxRows = 500;

/** Groups of a list that are open at most; more stay closed. */
export const maxOpenGroups = 500;

export const list = object({
  /** Of the list: comes back with the rows. Another question of the same number takes its place. */
  number: unsigned,
  /**
   * A session that never expires counts as the last to. Groups are sorted by name, keys or bytes; in any other
   * order by how many sessions they have.
   */
  sort: oneOf('created', 'changed', 'name', 'keys', 'bytes', 'operations', 'expires'),
  descending: boolean,
  /**
   * Part of a name as it is or as it is shown, where case and accents make no difference; a whole id or masked
   * token. Empty: all.
   */
  find: string,
  content: optional(content),
  /** Only sessions whose names begin so, letter by letter. */
  prefix: optional(string),
  /**
   * Sessions with this text in their names, after the prefix, come as groups, which are the first rows: each
   * has all names that are the same up to the end of that text.
   */
  separator: optional(string),
  /**
   * Names of the groups that are open, at most {@link maxOpenGroups}: what is in one comes right after it, in
   * groups by the next separator.
   */
  open: optional(listOf(string)),
  /** Position of the first row, counted from 0. */
  from: unsigned,
  count: unsigned,
  /** The rows begin so many before this session, wherever it goes; `from` counts where it is not listed. */
  anchor: optional(object({ id: string, before: unsigned })),
});

/** Which sessions are listed, and in which order. */
export type SessionQuery = Omit<Decoded<typeof list>, 'number' | 'from' | 'count' | 'anchor'>;

const group = {
  /** With the separator at its end. */
  name: string,
  sessions: unsigned,
  keys: unsigned,
  bytes: unsigned,
};

const sessionGroup = object(group);

const listedGroup = object({
  ...group,
  /** Position among the rows of the window, counted from 0. */ at: unsigned,
});

/** The window of a list. */
export const rows = object({
  /** As in the question. */
  number: unsigned,
  nowMs: unsigned,
  /** Position of the first row, counted from 0. */
  from: unsigned,
  /** The groups in the window; {@link ids} has the sessions, which are the other rows. Absent: none was asked for. */
  groups: optional(listOf(listedGroup)),
  ids: listOf(string),
  /** Groups and sessions that the list has, shown or not. */
  length: unsigned,
  /** Sessions that match, shown or not, also those in groups. */
  matching: unsigned,
  /** Sessions of the server. */
  all: unsigned,
  /** Keys of all of them. */
  allKeys: unsigned,
  changed: listOf(sessionSummary),
  /** Sessions whose content was looked at so far: more rows may come. Absent: it is not being looked at. */
  looked: optional(unsigned),
  /** Why not all sessions were looked at: enough was found, it took too long, the path is none. */
  stopped: optional(oneOf('results', 'time', 'path')),
});

/** Rows of each table that the answer to `figures` has at most. */
export const maxFigureRows = 50;

const ending = object({
  /** How many end in this time, those of the times before not counted. */
  sessions: unsigned,
  /** The first of them. */
  first: listOf(sessionSummary),
});

/** What an overview shows of the sessions. */
export const figures = object({
  /** As in the question. */
  number: unsigned,
  nowMs: unsigned,
  sessions: unsigned,
  keys: unsigned,
  bytes: unsigned,
  /** The sessions that take most memory. */
  biggestSessions: listOf(sessionSummary),
  /** The keys that take most memory, of all sessions. */
  biggestKeys: listOf(
    object({ session: sessionSummary, key: string, /** With its value. */ bytes: unsigned }),
  ),
  /** How many of the biggest sessions were looked at for {@link biggestKeys}, and when; absent: all, just now. */
  keysOf: optional(object({ sessions: unsigned, atMs: unsigned })),
  /** The groups that take most memory, and how many there are. */
  groups: listOf(sessionGroup),
  groupCount: unsigned,
  /** Sessions whose names do not have the separator. */
  ungrouped: sessionGroup,
  /** What expires within a minute, after that within an hour, after that within a day. */
  minute: ending,
  hour: ending,
  day: ending,
  /** Sessions that expire later, and that never do. */
  later: unsigned,
  never: unsigned,
});
