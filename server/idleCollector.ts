import { getHeapStatistics } from 'node:v8';
import type { Clock } from '../protocol/clock.ts';
import type { MetricFamily } from './metrics/prometheusText.ts';
import type { SessionStore } from './store/sessionStore.ts';

/** Without a request for so long, the server is idle. */
const idleMs = 10_000;
const checkMs = 1_000;

/**
 * Collections while it stays idle, one at each check: each gives back what the one before it had to keep,
 * and V8 makes its young generation smaller only when nothing has been made for seconds.
 */
const maxCollections = 5;

/** With more data than this a collection would take longer than others may wait. */
const maxLiveBytes = 32 * 1024 * 1024;

/** The program itself, and what is not worth a collection. */
const programBytes = 16 * 1024 * 1024;

export interface IdleCollectorParts {
  readonly clock: Clock;
  readonly store: Pick<SessionStore, 'totals'>;
  /** Requests since the start. */
  readonly requests: () => number;
  readonly collect: () => void;
  /** Absent: as V8 says. */
  readonly heapBytes?: () => number;
}

/**
 * V8 keeps the memory of removed data until more is made. Gives it back when the server is idle and
 * the heap is much larger than the data.
 */
export class IdleCollector {
  readonly #parts: IdleCollectorParts;
  #requests = 0;
  #idleSinceMs = 0;
  /** Since the server is idle. */
  #collected = 0;
  #collections = 0;
  #tookMs = 0;
  #stopTimer: () => void = () => undefined;

  constructor(parts: IdleCollectorParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#idleSinceMs = this.#parts.clock.nowMs();
    this.#checkLater();
  }

  stop(): void {
    this.#stopTimer();
  }

  families(): MetricFamily[] {
    return [
      {
        name: 'seshdeck_idle_collection_seconds',
        help: 'Collections of garbage while the server was idle, and the time that they took together.',
        type: 'summary',
        samples: [
          { suffix: '_sum', value: this.#tookMs / 1000 },
          { suffix: '_count', value: this.#collections },
        ],
      },
    ];
  }

  #checkLater(): void {
    this.#stopTimer = this.#parts.clock.setTimer(() => {
      this.#checkLater();
      void this.#check();
    }, checkMs);
  }

  async #check(): Promise<void> {
    if (!this.#isIdle() || this.#collected === maxCollections) return;
    const totals = await this.#parts.store.totals();
    if (!totals.ok || !this.#isIdle()) return;
    const { bytes } = totals.value;
    const { heapBytes = heapSize, collect } = this.#parts;
    if (bytes > maxLiveBytes) return;
    if (this.#collected === 0 && heapBytes() < 2 * (bytes + programBytes)) return;
    this.#collected += 1;
    const startMs = performance.now();
    collect();
    this.#tookMs += performance.now() - startMs;
    this.#collections += 1;
  }

  #isIdle(): boolean {
    const { clock, requests } = this.#parts;
    const nowMs = clock.nowMs();
    const count = requests();
    if (count === this.#requests) return nowMs - this.#idleSinceMs >= idleMs;
    this.#requests = count;
    this.#idleSinceMs = nowMs;
    this.#collected = 0;
    return false;
  }
}

/** Of the JavaScript heap and what belongs to it. */
function heapSize(): number {
  const { total_heap_size, external_memory } = getHeapStatistics();
  return total_heap_size + external_memory;
}
