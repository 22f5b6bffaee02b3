import type { SocketLike } from './socket.ts';

/** A stream whose writes can be held back. */
interface Stream {
  cork(): void;
  uncork(): void;
}

/** So many messages are enough for a write: the server works on them while more are written. */
const messagesOfWrite = 4;

/**
 * Sends the messages of one turn with few writes, where the stream below a socket is known: with `ws`, each
 * message is a call of the system otherwise, which takes longer than all the rest.
 */
export class JoinedWrites {
  #stream: Stream | undefined;
  #isHeld = false;
  /** Messages since the last write. */
  #count = 0;

  constructor(socket: SocketLike) {
    socket.on?.('upgrade', (response) => {
      this.#stream = response.socket;
    });
  }

  /** To be called before each message. What is written in a turn leaves when there is enough, or at its end. */
  hold(): void {
    const stream = this.#stream;
    if (!stream) return;
    if (this.#isHeld) {
      this.#sendEnough(stream);
      return;
    }
    this.#isHeld = true;
    this.#count = 1;
    stream.cork();
    queueMicrotask(() => {
      this.#isHeld = false;
      stream.uncork();
    });
  }

  /** Sends what is held if it is enough. */
  #sendEnough(stream: Stream): void {
    if (this.#count < messagesOfWrite) {
      this.#count += 1;
      return;
    }
    stream.uncork();
    stream.cork();
    this.#count = 1;
  }
}
