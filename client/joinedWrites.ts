import type { SocketLike } from './socket.ts';

/** A stream whose writes can be held back. */
interface Stream {
  cork(): void;
  uncork(): void;
}

/**
 * Sends the messages of one turn with one write, where the stream below a socket is known: with `ws`, each
 * message is a call of the system otherwise, which takes longer than all the rest.
 */
export class JoinedWrites {
  #stream: Stream | undefined;
  #isHeld = false;

  constructor(socket: SocketLike) {
    socket.on?.('upgrade', (response) => {
      this.#stream = response.socket;
    });
  }

  /** What is written from now on leaves at the end of this turn. */
  hold(): void {
    const stream = this.#stream;
    if (!stream || this.#isHeld) return;
    this.#isHeld = true;
    stream.cork();
    queueMicrotask(() => {
      this.#isHeld = false;
      stream.uncork();
    });
  }
}
