import { object, oneOf, optional, string, unsigned, type Decoded } from '../codec/codec.ts';

/** Codec of {@link Author}. */
export const author = object({
  /** `console`: an inspector; `server`: expiry, or a load at the start. */
  by: oneOf('client', 'console', 'server'),
  /** Number of the connection, counted from 1; absent for the server. */
  connection: optional(unsigned),
  /** Name of the server that has the connection; absent: it shares the store with no other. */
  server: optional(string),
  /** Absent: a deadline was reached. */
  command: optional(string),
  /** Unix time in milliseconds. */
  atMs: unsigned,
});

/** Who made a change, with which command, and when. */
export type Author = Decoded<typeof author>;
