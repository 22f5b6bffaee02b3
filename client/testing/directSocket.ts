import type { SocketClass, SocketLike } from '../socket.ts';

/** Answers a message, now or later; null: nothing. */
export type Answer = (text: string) => string | null | Promise<string | null>;

/** A class of sockets that lead to a server in this process without a connection. */
export function directSockets(answer: Answer): SocketClass {
  return class extends DirectSocket {
    constructor() {
      super(answer);
    }
  };
}

class DirectSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly #answer: Answer;
  /** Settles when all before is answered. */
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(answer: Answer) {
    this.#answer = answer;
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    this.#last = this.#last.then(async () => {
      const data = this.#isClosed ? null : await this.#answer(text);
      if (data !== null) this.onmessage?.({ data });
    });
  }

  close(code = 1000): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    void this.#last.then(() => this.onclose?.({ code, reason: '' }));
  }
}
