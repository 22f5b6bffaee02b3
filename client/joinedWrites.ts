import type { Message } from './message.ts';
import type { SocketLike } from './socket.ts';

/** A stream whose writes can be held back. */
interface Stream {
  cork(): void;
  uncork(): void;
}

/** So many messages are enough for a write: the server works on them while more are written. */
const messagesOfWrite = 4;

const asText = { binary: false } as const;

/**
 * Sends the messages of one turn with few writes, where the stream below a socket is known: with `ws`, each
 * message is a call of the system otherwise, which takes longer than all the rest.
 */
export class JoinedWrites {
  readonly #socket: SocketLike;
  #stream: Stream | undefined;
  #isHeld = false;
  /** Whether the message before was. */
  #wasAlone = true;
  /** Messages since the last write. */
  #count = 0;

  constructor(socket: SocketLike) {
    this.#socket = socket;
    socket.on?.('upgrade', (response) => {
      this.#stream = response.socket;
    });
  }

  /** @param isAlone No other message waits for its reply. */
  send({ text, bytes }: Message, isAlone: boolean): void {
    const stream = this.#stream;
    if (!stream || !bytes) {
      this.#socket.send(text);
      return;
    }
    // With one call after the other there is nothing to join.
    if (!isAlone || !this.#wasAlone) this.#hold(stream);
    this.#wasAlone = isAlone;
    // `ws` writes bytes in one piece, and a string in two.
    this.#socket.send(bytes, asText);
  }

  /** What is written in a turn leaves when there is enough, or at its end. */
  #hold(stream: Stream): void {
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
