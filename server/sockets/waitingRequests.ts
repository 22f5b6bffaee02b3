import { lasting } from './sharedReads.ts';

/** A message as it came: its text, or that in UTF-8; null: it is binary. */
export type Message = string | Buffer | null;

export const sizeOf = (message: Message): number => message?.length ?? 0;

/** Requests of one socket that have not started, in their order. */
export class WaitingRequests {
  /** As buffers: what waits then takes no memory of the JavaScript heap. */
  #messages: (Buffer | null)[] = [];
  #bytes = 0;

  get length(): number {
    return this.#messages.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  push(message: Message): void {
    // A text is one of ASCII only.
    const isText = typeof message === 'string';
    this.#messages.push(isText ? Buffer.from(message, 'latin1') : message && lasting(message));
    this.#bytes += sizeOf(message);
  }

  /** Starts them one by one, up to the first that may not start. */
  startWhile(mayStart: (message: Message) => boolean, start: (message: Message) => void): void {
    const messages = this.#messages;
    let next = 0;
    for (const message of messages) {
      if (!mayStart(message)) break;
      this.#bytes -= sizeOf(message);
      start(message);
      next += 1;
    }
    if (next > 0) this.#messages = messages.slice(next);
  }
}
