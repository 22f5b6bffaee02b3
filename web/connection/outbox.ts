import type { WrittenMessage } from './exchange.ts';

/** A text on its way to the server, and what it was made of. */
export interface Outgoing {
  readonly text: string;
  readonly written: WrittenMessage | undefined;
}

/** Texts that wait for a connection; more are refused, so that nothing is lost unseen. */
export const maxOutbox = 100;

/** What was sent while there was no connection. */
export class Outbox {
  #waiting: Outgoing[] = [];

  /** @returns false when it is full. */
  add(outgoing: Outgoing): boolean {
    if (this.#waiting.length >= maxOutbox) return false;
    this.#waiting.push(outgoing);
    return true;
  }

  /** Empties it. */
  takeAll(): readonly Outgoing[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
