import type { Socket } from 'node:net';

/** Handed to the system at a time: a reader that takes so much is not stuck. */
const sliceBytes = 64 * 1024;

/**
 * Bytes on their way to a peer. While it keeps up they are written as they come; what the system does
 * not take waits here and is handed over slice by slice, so that it can be seen whether the peer reads,
 * and frames that have not started can still be dropped.
 */
export class SendQueue {
  readonly #tcp: Socket;
  readonly #onTaken: () => void;
  #waiting: Buffer[] = [];
  #bytes = 0;
  /** Whether a part of the first that waits has been sent. */
  #isPartSent = false;

  /** @param onTaken Called when the system has taken some of what waited. */
  constructor(tcp: Socket, onTaken: () => void) {
    this.#tcp = tcp;
    this.#onTaken = onTaken;
  }

  get waitingBytes(): number {
    return this.#bytes + this.#tcp.writableLength;
  }

  /** @param frames Whole frames. */
  push(frames: Buffer): void {
    if (this.#bytes === 0 && this.#tcp.writableLength === 0 && frames.length <= sliceBytes) {
      this.#tcp.write(frames, this.#noteTaken);
      return;
    }
    this.#waiting.push(frames);
    this.#bytes += frames.length;
    if (this.#tcp.writableLength === 0) this.#handOver();
  }

  /** Drops all frames but the rest of one that is partly sent. */
  dropUnsent(): void {
    this.#waiting = this.#isPartSent ? this.#waiting.slice(0, 1) : [];
    this.#bytes = this.#waiting[0]?.length ?? 0;
  }

  /** Hands everything over at once, for nothing may come behind it that waits here. */
  writeAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    this.#isPartSent = false;
    for (const frames of waiting) this.#tcp.write(frames);
  }

  readonly #noteTaken = (): void => {
    if (this.#bytes > 0) this.#handOver();
    this.#onTaken();
  };

  #handOver(): void {
    const slices: Buffer[] = [];
    for (let left = sliceBytes; left > 0 && this.#waiting[0];) {
      const slice = this.#takeFirst(this.#waiting[0], left);
      slices.push(slice);
      left -= slice.length;
    }
    const bytes = slices.length === 1 && slices[0] ? slices[0] : Buffer.concat(slices);
    this.#bytes -= bytes.length;
    this.#tcp.write(bytes, this.#noteTaken);
  }

  #takeFirst(first: Buffer, maxBytes: number): Buffer {
    this.#isPartSent = first.length > maxBytes;
    if (!this.#isPartSent) this.#waiting.shift();
    else this.#waiting[0] = first.subarray(maxBytes);
    return this.#isPartSent ? first.subarray(0, maxBytes) : first;
  }
}
