import {
  boolean,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  string,
  token,
  unsigned,
  value,
  type Decoded,
} from '../codec/codec.ts';
import { kindOf, membersOf, type JsonText } from '../json/jsonText.ts';
import { readJson } from '../json/readJson.ts';
import { author } from './author.ts';
import { auditPart } from './audit.ts';
import type { Steps } from '../steps.ts';
import { readFrame, readFrameInSteps, writeFrame, type FrameOf } from './frames.ts';
import { right, rights } from './rights.ts';
import { storeFacts } from './storeFacts.ts';
import { endedSessions } from './endedSessions.ts';
import { figures, rows, sessionSummary } from './sessionLists.ts';
import { overview } from './serverFigures.ts';
import { streamed } from './streamedCommands.ts';
import { changesAnswer, momentAnswer, timelinePart } from './timeline.ts';

/** Values longer than this many UTF-16 units are listed without their text and sent when asked. */
export const maxListedValueLength = 65_536;

/** Sessions in `sessions` at most, the newest ones; the totals count all of them. */
export const maxListedSessions = 200;

/** Keys listed at a time at most of the watched session. */
export const maxListedKeys = 10_000;

/** Keys of a session that are compared at most. */
export const maxComparedKeys = 50_000;

/** Keys that the answer to `findKeys` has at most. */
export const maxFoundKeys = 5_000;

/** UTF-16 units of a value's text that the answer to `peek` has at most. */
export const peekPreviewLength = 60;

const keyEntry = object({
  key: string,
  /** Length of the value's text in UTF-16 units. */
  length: unsigned,
  /** Absent when it is longer than {@link maxListedValueLength}: ask with `value`. */
  value: optional(value),
  /** Who wrote it last. Absent: the server does not remember, or is older. */
  writer: optional(author),
});

/** One key of the watched session. */
export type KeyEntry = Decoded<typeof keyEntry>;

const keyPreview = object({
  key: string,
  type: oneOf('object', 'array', 'string', 'number', 'boolean', 'null'),
  /** The start of the value's text. */
  preview: string,
});

/** A key of a session, without its whole value. */
export type KeyPreview = Decoded<typeof keyPreview>;

const connectedClient = object({
  /** Its number, counted from 1. */
  connection: unsigned,
  /** Absent: it has gone. */
  address: optional(string),
  /** Unix time in milliseconds. */
  openedAtMs: unsigned,
  /** Requests that are being carried out, and that wait to be. */
  inFlight: unsigned,
  waiting: unsigned,
  /** Bytes of replies that it has not taken. */
  queuedBytes: unsigned,
  /** Commands since the inspector began to look. */
  commands: unsigned,
  /** The last of them; absent: none, or a message that named none. */
  command: optional(string),
  /** When it was answered. Unix time in milliseconds. */
  lastAtMs: optional(unsigned),
});

/** A connection to the data socket. */
export type ConnectedClient = Decoded<typeof connectedClient>;

/** @returns Its JSON text, the same for the same facts. */
export function writeConnectedClient(client: ConnectedClient): JsonText {
  return connectedClient.write(client);
}

const events = {
  /** First frame on every connection. Older servers say nothing of their store, and give all rights. */
  hello: object({
    serverVersion: string,
    maxPayloadBytes: unsigned,
    nowMs: unsigned,
    store: optional(storeFacts),
    rights: optional(rights),
  }),
  /** The rights have changed, and what is refused by them now has ended. */
  rights,
  /**
   * A request was refused; a list or stream that it was to replace has ended. `right` is what is missing; absent:
   * the key is for the sessions of a name prefix, and the answer cannot be limited to them. What the request was
   * known by comes back.
   */
  refused: object({
    request: string,
    right: optional(right),
    number: optional(unsigned),
    id: optional(string),
    key: optional(string),
    token: optional(string),
    connection: optional(unsigned),
  }),
  /** What `audit` asked for, then what is new, as it happens. */
  audited: auditPart,
  /** The facts of the store have changed. At most once a second. */
  store: storeFacts,
  /**
   * The list, then its changes. With `isReset` the client forgets what it had. A session that
   * changed comes whole in `changed`; sessions are listed in the order of their creation.
   */
  sessions: object({
    isReset: boolean,
    nowMs: unsigned,
    totalSessions: unsigned,
    totalKeys: unsigned,
    changed: listOf(sessionSummary),
    removed: listOf(string),
  }),
  /**
   * The rows that were asked for with `list`, then their changes, at most ten times a second: `ids` are all of
   * them, in their order, `changed` those that are new or changed since the frame before.
   */
  rows,
  /** What `figures` asked for, at most once a second. */
  figures,
  /** The watched session, before its keys come and whenever it has changed. */
  session: sessionSummary,
  /**
   * Keys of the watched session, then their changes, in the session's order: an unknown key goes
   * to the end. `totalKeys` counts all, listed or not.
   */
  keys: object({
    /** As in `compare`. Absent: the keys are those of `watch`. */
    number: optional(unsigned),
    id: string,
    isReset: boolean,
    /** Position of the first listed key in the session at the last reset, counted from 0. Absent: 0. */
    from: optional(unsigned),
    totalKeys: unsigned,
    /** More of the same follow at once. */
    isMore: optional(boolean),
    changed: listOf(keyEntry),
    removed: listOf(string),
  }),
  streamed,
  /**
   * Connections to the data socket, which `clients` asked for, at most once a second: `connections` are all, the
   * oldest first, `changed` those that are new or changed since the frame before. A frame is about one server.
   */
  clients: object({
    /** As in the question. */
    number: unsigned,
    /** Name of the server that has them; absent: none shares the store. */
    server: optional(string),
    nowMs: unsigned,
    connections: listOf(unsigned),
    changed: listOf(connectedClient),
  }),
  /** Answer to `overview`, at most once a second. */
  overview,
  /** Answer to `cut`: whether there was such a connection; absent: its server has not said so. */
  cut: object({
    connection: unsigned,
    /** As in the question. */
    server: optional(string),
    wasOpen: optional(boolean),
  }),
  /** Answer to `act`. Tokens are masked; `session` is the id of the one that it is about, or made. */
  acted: object({
    /** As in the question. */
    number: unsigned,
    session: optional(string),
    /** Absent: a quiet command has succeeded. */
    reply: optional(string),
  }),
  /** The part of a timeline that `timeline` asked for, then what becomes different, at most ten times a second. */
  timeline: timelinePart,
  /** What `ended` asked for, then what ends, at most ten times a second. */
  ended: endedSessions,
  /** Answer to `moment`. */
  moment: momentAnswer,
  /** Answer to `changes`. */
  changes: changesAnswer,
  /** The watched session ended or expired. */
  gone: object({ id: string }),
  /** Answer to `reveal`; null when the session is gone. */
  token: object({ id: string, token: nullable(token) }),
  /** Answer to `peek`; without a session and keys when none has this token. */
  peeked: object({
    token: string,
    isLiving: boolean,
    session: optional(sessionSummary),
    keys: optional(listOf(keyPreview)),
  }),
  /** Answer to `findKeys`, in the order of the session; without keys when it is gone. */
  foundKeys: object({
    /** As in the question. */
    number: unsigned,
    id: string,
    /** How many match. */
    total: unsigned,
    /** The first of them, at most {@link maxFoundKeys}. */
    keys: listOf(string),
  }),
  /** Answer to `value`; without a value when the key is gone. */
  value: object({ id: string, key: string, value: optional(value) }),
  /**
   * In place of the answer to a question, which comes back as it was asked: `status` 901 when the
   * store is unavailable now, 1000 after a fault of the server.
   */
  unanswered: object({
    question: oneOf('reveal', 'peek', 'value', 'findKeys', 'moment', 'changes'),
    id: optional(string),
    key: optional(string),
    token: optional(string),
    number: optional(unsigned),
    status: unsigned,
  }),
};

/** What the server pushes. */
export type InspectionEvent = FrameOf<typeof events>;

export function writeInspectionEvent(event: InspectionEvent): JsonText {
  return writeFrame(events[event.type], event);
}

/** @returns undefined when the text is no event of this contract. */
export function readInspectionEvent(text: string): InspectionEvent | undefined {
  return readFrame(events, text) as InspectionEvent | undefined;
}

/** As {@link readInspectionEvent}, for a long text. */
export function* readInspectionEventInSteps(text: string): Steps<InspectionEvent | undefined> {
  return (yield* readFrameInSteps(events, text)) as InspectionEvent | undefined;
}

/**
 * Whether a text is an event of a type that this contract does not have, from a newer server: an
 * object with one member of an unknown name. It can be left aside.
 */
export function isUnknownInspectionEvent(text: string): boolean {
  const json = readJson(text);
  if (!json.ok || kindOf(json.value) !== 'object') return false;
  const types = [...membersOf(json.value).keys()];
  return types.length === 1 && types.every((type) => !Object.hasOwn(events, type));
}
