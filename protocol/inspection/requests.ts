import { listOf, object, optional, string, unsigned } from '../codec/codec.ts';
import type { JsonText } from '../json/jsonText.ts';
import { readFrame, writeFrame, type FrameOf } from './frames.ts';
import { list } from './sessionLists.ts';
import { changesRequest, momentRequest, timelineRequest } from './timeline.ts';

/** Keys that the answer to `peek` has at most. */
export const maxPeekedKeys = 500;

/** Characters of the reason that a client is given when it is cut off; the frame has room for no more. */
export const maxReasonLength = 40;

/** Lists that an inspector has at a time; one more ends the oldest. */
export const maxLists = 8;

/** Sessions that an inspector compares at a time. */
export const maxCompared = 2;

const requests = {
  /**
   * Show these rows of a list of all sessions, at most {@link maxRows}, and keep them up to date. Only what is
   * shown travels, however many sessions there are. At most {@link maxLists} at a time.
   */
  list,
  /** Ends the list of this number. */
  unlist: object({ number: unsigned }),
  /** Show what an overview shows of the sessions, and keep it up to date; ends the figures before. */
  figures: object({
    /** Comes back with the figures. */
    number: unsigned,
    /** Names are grouped by what they have up to the first of these; empty: they are not. */
    separator: string,
    /** Rows of each table, at most {@link maxFigureRows}. */
    count: unsigned,
  }),
  unfigures: object({}),
  /** Show commands of all clients as they are answered; ends the stream before. What is absent filters nothing. */
  stream: object({
    /** Comes back with the commands. */
    number: unsigned,
    /** Of this connection; of each server that has one of this number, if none is named. */
    connection: optional(unsigned),
    /** Of the server of this name. Absent: of all that share the store. */
    server: optional(string),
    commands: optional(listOf(string)),
    statuses: optional(listOf(unsigned)),
    /** About the session of this id. */
    session: optional(string),
    slowerThanMs: optional(unsigned),
  }),
  unstream: object({}),
  /** Show all connections to the data socket, of all servers that share the store, and keep them up to date; ends the table before. */
  clients: object({
    /** Comes back with the connections. */
    number: unsigned,
  }),
  unclients: object({}),
  /** Show how the server is doing, and keep it up to date; ends the overview before. */
  overview: object({
    /** Comes back with the figures. */
    number: unsigned,
  }),
  unoverview: object({}),
  /** Close a connection to the data socket with code 1008, and say why. */
  cut: object({
    connection: unsigned,
    /** Name of the server that has it. Absent: this one. */
    server: optional(string),
    /** At most {@link maxReasonLength} characters; empty: "Closed by an operator". */
    reason: string,
  }),
  /**
   * Carry out a command, as if a client had sent it; the answer is `acted`. The message must not have `tkn`: the
   * server puts in the token of the session.
   */
  act: object({
    /** Comes back with the reply. */
    number: unsigned,
    /** Id of the session that it is about; absent: the command names none. */
    session: optional(string),
    /** Text of a message of the data socket. */
    message: string,
  }),
  /** Show what changed in a session, living or ended, and keep it up to date; ends the timeline before. */
  timeline: timelineRequest,
  untimeline: object({}),
  /** Ask for the keys of a session as they were at a moment, or for what differs between two. */
  moment: momentRequest,
  /** Ask for whole changes of a session. */
  changes: changesRequest,
  /** Show the sessions that ended last, and what ends; ends the list before. */
  ended: object({
    /** Comes back with the sessions. */
    number: unsigned,
  }),
  unended: object({}),
  /** Show what inspectors did and were refused, and what comes; ends the list before. */
  audit: object({
    /** Comes back with the entries. */
    number: unsigned,
  }),
  unaudit: object({}),
  /** Follow one session's keys, or some of them; ends the watch on the one before. */
  watch: object({
    id: string,
    /** Position of the first key to be listed, counted from 0; beyond the last key: 0. */
    from: optional(unsigned),
    /** At most, and absent: {@link maxListedKeys}. */
    count: optional(unsigned),
    /** Those before and after this key are listed, in place of `from`, where there is such a key. */
    around: optional(string),
  }),
  unwatch: object({}),
  /**
   * Follow the keys of a session to compare them, beside those of {@link watch}: at most {@link maxComparedKeys}.
   * {@link maxCompared} sessions at a time; one more ends the oldest.
   */
  compare: object({
    /** Comes back with the keys. */
    number: unsigned,
    id: string,
  }),
  /** Ends the comparison of this number. */
  uncompare: object({ number: unsigned }),
  /** Ask for the whole token of a session: sent only when a person asks for it. */
  reveal: object({ id: string }),
  /** Ask once about a token that the client has: does it live, whose is it, and what are its first keys? */
  peek: object({ token: string }),
  /** Ask for the keys of a session that have a text in their names, where case and accents make no difference. */
  findKeys: object({
    /** Comes back with the keys. */
    number: unsigned,
    id: string,
    find: string,
  }),
  /** Ask for a value that was too long to list. */
  value: object({ id: string, key: string }),
};

/** What the client asks. */
export type InspectionRequest = FrameOf<typeof requests>;

export function writeInspectionRequest(request: InspectionRequest): JsonText {
  return writeFrame(requests[request.type], request);
}

/** @returns undefined when the text is no request of this contract. */
export function readInspectionRequest(text: string): InspectionRequest | undefined {
  return readFrame(requests, text) as InspectionRequest | undefined;
}
