import type { SetTimer } from '../../../protocol/clock.ts';
import type { SocketEvent } from '../socketPort.ts';

interface BatchDeps {
  /** Hands a batch to the page, which says {@link EventBatches.taken} when it is through with it. */
  readonly deliver: (events: readonly SocketEvent[]) => void;
  readonly setTimer: SetTimer;
  /** More waits than may: called once, and no message after it is kept. */
  readonly onOverflow: () => void;
}

/** In a flood the page gets a batch so often: about every second frame. */
const windowMs = 33;
/** So many events in a window are no flood: each goes to the page at once. */
const calmEvents = 8;
/** Most events in a batch, so that a page which fell behind can draw between two of them. */
export const maxBatch = 2_000;
/** Most bytes of messages that wait for the page. */
export const maxBacklogBytes = 64 * 1024 * 1024;

/**
 * Gathers a socket's events for the page: at once while it is calm, in batches during a flood, and
 * never a second batch before the first is taken in.
 */
export class EventBatches {
  readonly #deps: BatchDeps;
  #waiting: SocketEvent[] = [];
  #waitingBytes = 0;
  #isOverflown = false;
  /** A batch is with the page. */
  #isOut = false;
  #isWindowOpen = false;
  #inWindow = 0;
  #isFlood = false;

  constructor(deps: BatchDeps) {
    this.#deps = deps;
  }

  add(event: SocketEvent): void {
    if (event.type === 'arrived' && !this.#hasRoom(event.bytes)) return;
    this.#waiting.push(event);
    this.#inWindow += 1;
    if (this.#inWindow > calmEvents) this.#isFlood = true;
    if (this.#isFlood) this.#openWindow();
    else this.#flush();
  }

  /** The page is through with the last batch. */
  taken(): void {
    this.#isOut = false;
    const isLate = !this.#isWindowOpen || this.#waiting.length >= maxBatch;
    if (isLate || !this.#isFlood) this.#flush();
  }

  #hasRoom(bytes: number): boolean {
    if (this.#isOverflown) return false;
    this.#waitingBytes += bytes;
    if (this.#waitingBytes <= maxBacklogBytes) return true;
    this.#isOverflown = true;
    this.#deps.onOverflow();
    return false;
  }

  #flush(): void {
    if (this.#isOut || this.#waiting.length === 0) return;
    const batch = this.#waiting.splice(0, maxBatch);
    this.#waitingBytes = this.#waiting.length === 0 ? 0 : this.#waitingBytes - bytesOf(batch);
    this.#isOut = true;
    this.#openWindow();
    this.#deps.deliver(batch);
  }

  #openWindow(): void {
    if (this.#isWindowOpen) return;
    this.#isWindowOpen = true;
    this.#deps.setTimer(() => this.#closeWindow(), windowMs);
  }

  #closeWindow(): void {
    this.#isWindowOpen = false;
    this.#isFlood = this.#inWindow > calmEvents;
    this.#inWindow = 0;
    // A page that is behind gets the next batch as soon as it has taken the last.
    this.#flush();
  }
}

function bytesOf(events: readonly SocketEvent[]): number {
  return events.reduce((sum, event) => sum + (event.type === 'arrived' ? event.bytes : 0), 0);
}
