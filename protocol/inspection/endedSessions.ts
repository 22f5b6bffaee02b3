import { boolean, listOf, object, string, unsigned, type Decoded } from '../codec/codec.ts';
import { author } from './author.ts';

/** Sessions that a frame has at most. */
export const maxEndedShown = 500;

const endedSession = object({
  /** Counted from 1, in the order in which they ended. */
  place: unsigned,
  id: string,
  name: string,
  maskedToken: string,
  /** Unix time in milliseconds. */
  createdAtMs: unsigned,
  /** Who ended it, with which command, and when; without one: its deadline was reached. */
  author,
});

/** A session that has ended. */
export type ListedEnd = Decoded<typeof endedSession>;

/** Codec of sessions that have ended. */
export const endedSessions = object({
  /** As in the question. */
  number: unsigned,
  nowMs: unsigned,
  /** Whether the server remembers what has ended. */
  isRemembered: boolean,
  /** Those that ended since the frame before, the newest first, at most {@link maxEndedShown}. */
  sessions: listOf(endedSession),
});
