import type { Socket } from 'node:net';
import { keepWrite, lastingWrite } from './sharedWrites.ts';
import type { WorkTurn } from './workTurn.ts';

/** Handed to the system at a time: a reader that takes so much is not stuck. */
export const sliceBytes = 64 * 1024;

const nothing = Buffer.alloc(0);

/**
 * Writes to a peer for which nothing waits, without a callback: Node would run that in a step of its own.
 * @param frames As for {@link SendQueue.push}, at most {@link sliceBytes} of them.
 * @returns Whether the system has taken all, as it does while a peer keeps up.
 */
export function writeAtOnce(tcp: Socket, frames: Buffer): boolean {
  tcp.write(frames);
  if (tcp.writableLength === 0) return true;
  keepWrite(frames);
  return false;
}

/** Waits for what a queue has written. */
interface TakenWatcher {
  /** The system has taken some of what waited. */
  onTaken(): void;
}

/**
 * Bytes on their way to a peer that does not keep up. What the system does not take at once waits here and is handed
 * over slice by slice, so that it can be seen whether the peer reads, and frames that have not started can still be dropped.
 */
export class SendQueue {
  readonly #tcp: Socket;
  readonly #turn: Pick<WorkTurn, 'hasWaiting' | 'isOver' | 'next' | 'spend'>;
  readonly #watcher: TakenWatcher;
  #waiting: Buffer[] = [];
  #bytes = 0;
  /** Whether a part of the first that waits has been sent. */
  #isPartSent = false;

  constructor(
    tcp: Socket,
    turn: Pick<WorkTurn, 'hasWaiting' | 'isOver' | 'next' | 'spend'>,
    watcher: TakenWatcher,
  ) {
    this.#tcp = tcp;
    this.#turn = turn;
    this.#watcher = watcher;
  }

  /** Says when what was written before it has been taken. */
  watch(): void {
    this.#tcp.write(nothing, this.#noteTaken);
  }

  get waitingBytes(): number {
    return this.#bytes + this.#tcp.writableLength;
  }

  /** @param frames Whole frames; they may stand in {@link roomForWrite}. */
  push(frames: Buffer): void {
    if (this.waitingBytes === 0 && frames.length <= sliceBytes) {
      this.#writeNow(frames);
      return;
    }
    this.#waiting.push(lastingWrite(frames));
    this.#bytes += frames.length;
    if (this.#tcp.writableLength === 0) this.#handOver();
  }

  #writeNow(frames: Buffer): void {
    this.#tcp.write(frames, this.#noteTaken);
    if (this.#tcp.writableLength > 0) keepWrite(frames);
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
    if (this.#bytes > 0) this.#handOverInTurn();
    this.#watcher.onTaken();
  };

  /** The system may take megabytes of one peer at once, slice by slice, while others wait. */
  #handOverInTurn(): void {
    const turn = this.#turn;
    if (turn.isOver || turn.hasWaiting) turn.next(this.#handOverNext, 'heavy');
    else this.#handOver();
  }

  readonly #handOverNext = (): void => {
    if (this.#bytes > 0 && this.#tcp.writableLength === 0) this.#handOver();
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
    this.#turn.spend(bytes.length);
    this.#tcp.write(bytes, this.#noteTaken);
  }

  #takeFirst(first: Buffer, maxBytes: number): Buffer {
    this.#isPartSent = first.length > maxBytes;
    if (!this.#isPartSent) this.#waiting.shift();
    else this.#waiting[0] = first.subarray(maxBytes);
    return this.#isPartSent ? first.subarray(0, maxBytes) : first;
  }
}
