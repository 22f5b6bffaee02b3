import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ClosableSocket } from './closableSocket.ts';
import { encodeFrames } from './encodeFrames.ts';
import type { Limits } from './limits.ts';

/** WebSocket close code "try again later": the peer reads too slowly. */
const tryAgainLater = 1013;

/** Texts are handed to the socket when so much has come together, without waiting for more. */
const maxBatchLength = 64 * 1024;

export interface OutletOptions {
  readonly socket: ClosableSocket;
  /** The connection underneath. */
  readonly tcp: Socket;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** Called when a held-up reader has taken everything. */
  readonly onDrained: () => void;
}

/**
 * The sending half of a socket. Gathers the texts of a tick into one write, says when the peer
 * does not keep up ({@link isHeldUp}), and cuts it off when it has stopped reading.
 */
export class Outlet {
  readonly #options: OutletOptions;
  #batch: string[] = [];
  #batchLength = 0;
  #isHeldUp = false;
  #isShut = false;

  constructor(options: OutletOptions) {
    this.#options = options;
    options.socket.onClosing = () => this.#flush();
    options.tcp.on('drain', () => this.#release());
    options.tcp.on('timeout', () => {
      if (this.#isHeldUp) this.#cutOff('The replies are not being read');
    });
  }

  /** Whether more should wait until `onDrained`. */
  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  /** Whether the closing handshake has begun. */
  get isShut(): boolean {
    return this.#isShut;
  }

  send(text: string): void {
    if (this.#isShut) return;
    if (this.#batch.length === 0) queueMicrotask(() => this.#flush());
    this.#batch.push(text);
    this.#batchLength += text.length;
    if (this.#batchLength >= maxBatchLength) this.#flush();
  }

  /** Looks whether frames that the library sends by itself (pongs) pile up. */
  checkQueue(): void {
    const { tcp, limits } = this.#options;
    if (tcp.writableLength > limits.maxQueuedBytes) {
      this.#cutOff('Too much is waiting to be read');
    } else if (!this.#isHeldUp && tcp.writableLength > limits.highWaterBytes) {
      this.#isHeldUp = true;
      // This timer of the socket counts partial progress too, so a slow but steady reader stays.
      tcp.setTimeout(limits.stallMs);
    }
  }

  /** Sends what is waiting, then closes; drops the connection when the peer does not answer. */
  shut(code: number, reason: string): void {
    if (this.#isShut) return;
    this.#isShut = true;
    const { socket, clock, limits } = this.#options;
    const stop = clock.setTimer(limits.closeGraceMs, () => socket.terminate());
    socket.once('close', stop);
    socket.resume();
    socket.close(code, reason);
  }

  #cutOff(reason: string): void {
    this.#options.log.warn(`A connection is cut off: ${reason}`);
    this.shut(tryAgainLater, reason);
  }

  #flush(): void {
    const { tcp, socket } = this.#options;
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchLength = 0;
    if (socket.readyState !== socket.OPEN) return;
    tcp.write(encodeFrames(batch));
    this.checkQueue();
  }

  #release(): void {
    if (!this.#isHeldUp) return;
    this.#isHeldUp = false;
    this.#options.tcp.setTimeout(0);
    this.#options.onDrained();
  }
}
