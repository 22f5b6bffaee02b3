/** What happens to the connection. */
export type StatusEvent =
  | { readonly type: 'connecting'; readonly address: string }
  | { readonly type: 'connected'; readonly address: string }
  /** `code` and `reason` are those of the closing frame; 1006: there was none. */
  | {
      readonly type: 'disconnected';
      readonly address: string;
      readonly code: number;
      readonly reason: string;
      /** When the next attempt is made, from now. */
      readonly retryInMs: number;
    }
  | { readonly type: 'draining' }
  /** The last one. `error` says why nothing could be connected, unless the application closed the client. */
  | { readonly type: 'closed'; readonly error?: Error };

/** Events that wait for a reader who is slow; beyond, the oldest are dropped. */
const maxWaiting = 64;

/** Hands events to any number of readers. Each gets the latest one first, and ends after the last. */
export class StatusFeed {
  readonly #readers = new Set<Reader>();
  #latest: StatusEvent | undefined;

  post(event: StatusEvent): void {
    this.#latest = event;
    for (const reader of this.#readers) reader.add(event);
  }

  /** From now on, until the client is closed or the loop is left. */
  async *read(): AsyncGenerator<StatusEvent, void, undefined> {
    const reader = new Reader(this.#latest);
    this.#readers.add(reader);
    try {
      for (;;) {
        const event = await reader.next();
        yield event;
        if (event.type === 'closed') return;
      }
    } finally {
      this.#readers.delete(reader);
    }
  }
}

class Reader {
  readonly #waiting: StatusEvent[];
  #wake: () => void = () => undefined;

  constructor(first: StatusEvent | undefined) {
    this.#waiting = first ? [first] : [];
  }

  add(event: StatusEvent): void {
    this.#waiting.push(event);
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
    this.#wake();
  }

  async next(): Promise<StatusEvent> {
    for (;;) {
      const event = this.#waiting.shift();
      if (event) return event;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
