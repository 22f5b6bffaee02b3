import {
  boolean,
  type Decoded,
  listOf,
  object,
  optional,
  string,
  unsigned,
} from '../codec/codec.ts';

const streamedCommand = object({
  /** Number of the connection, counted from 1. */
  connection: unsigned,
  /** Whether an inspector sent it, with `act`. Absent: a client did. */
  isConsole: optional(boolean),
  /** Unix time in milliseconds. */
  atMs: unsigned,
  /** Absent: the message named no command that there is. */
  command: optional(string),
  /** Code of the whole reply; 1 for one with a status for each key, or with none. */
  status: unsigned,
  /** From the message to its reply, in microseconds. */
  durationUs: unsigned,
  /** UTF-16 units. */
  requestLength: unsigned,
  /** UTF-16 units; 0: silence. */
  replyLength: unsigned,
  /** Id of the session that it is about, or made. */
  session: optional(string),
  /** The start of the text, tokens masked; absent for what is long or names no command. */
  request: optional(string),
  reply: optional(string),
});

/** A command of some client, and what was answered. */
export type StreamedCommand = Decoded<typeof streamedCommand>;

const commandDurations = object({
  /** Absent: messages that named no command that there is. */
  command: optional(string),
  count: unsigned,
  /** Those of them whose reply was a refusal or a failure. */
  failed: unsigned,
  /** Half of them took no longer, in microseconds; at most a tenth too high. */
  p50Us: unsigned,
  p95Us: unsigned,
  p99Us: unsigned,
  /** Exact. */
  maxUs: unsigned,
});

/** How long one command took, of all that were counted. */
export type CommandDurations = Decoded<typeof commandDurations>;

const streamFigures = object({
  commands: listOf(commandDurations),
  /** The slowest of all that were counted, the slowest first. */
  slowest: listOf(streamedCommand),
});

/** What a stream counted, sent or left out. */
export type StreamFigures = Decoded<typeof streamFigures>;

/**
 * Commands that `stream` asked for, at most ten frames a second. `counted` are all since then, `leftOut` those of
 * them that came too fast to be sent; `costMs` is the processor time that the stream took of `ranMs`. A frame is about
 * one server.
 */
export const streamed = object({
  /** As in the question. */
  number: unsigned,
  /** Name of the server that answered them; absent: none shares the store. */
  server: optional(string),
  entries: listOf(streamedCommand),
  counted: unsigned,
  leftOut: unsigned,
  costMs: unsigned,
  /** Time since the stream began. */
  ranMs: unsigned,
  /** About all that were counted; at most once a second, absent: as before. */
  figures: optional(streamFigures),
});
