import type { WrittenMessage } from './exchange.ts';

/** A text on its way to the server, and what it was made of. */
export interface Outgoing {
  readonly text: string;
  readonly written: WrittenMessage | undefined;
}

/** A message that was to be sent while there was no connection. */
export interface UnsentMessage extends Outgoing {
  /** Unique on its connection, counted up from 1. */
  readonly id: number;
  /** Unix time in milliseconds, with fractions. */
  readonly atMs: number;
  /**
   * `waiting`: the next connection sends it. `held`: the connection was given up or closed, and
   * only a person sends it.
   */
  readonly state: 'waiting' | 'held';
}
