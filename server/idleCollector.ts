import { getHeapStatistics } from 'node:v8';
import type { Clock } from '../protocol/clock.ts';
import type { MetricFamily } from './metrics/prometheusText.ts';

/** Without a request for so long, the server is idle. */
const idleMs = 10_000;
const checkMs = 1_000;

/**
 * Collections while it stays idle, one at each check: the first frees what is garbage, the next ones empty pages that are
 * then nearly free.
 */
const maxCollections = 3;

/** By so much the heap has grown since the last ones when they are worth it. */
const growthBytes = 16 * 1024 * 1024;

/** The program itself. */
const programBytes = 16 * 1024 * 1024;

export interface IdleCollectorParts {
  readonly clock: Clock;
  /** Requests since the start. */
  readonly requests: () => number;
  /** Begins a collection, which leaves others their turn. */
  readonly collect: () => void;
  /** Absent: as V8 says. */
  readonly heapBytes?: () => number;
}

/**
 * V8 keeps garbage until it needs the room, and room that it has needed once. Gives both back when the server is idle
 * ([ADR 85](../docs/adr/0085-idle-memory-in-steps.md)).
 */
export class IdleCollector {
  readonly #parts: IdleCollectorParts;
  #requests = 0;
  #idleSinceMs = 0;
  /** Since the server is idle. */
  #collected = 0;
  #collections = 0;
  #tookMs = 0;
  /** What the last collections have left. */
  #leastBytes = programBytes;
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
        help: 'Collections of garbage that began while the server was idle, and the time that it took to begin them.',
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
      this.#check();
    }, checkMs);
  }

  #check(): void {
    if (!this.#isIdle() || this.#collected > maxCollections) return;
    const bytes = this.#heapBytes();
    // Known at the next check: a collection takes its time.
    if (this.#collected > 0) this.#leastBytes = bytes;
    else if (bytes < this.#leastBytes + growthBytes) return;
    this.#collected += 1;
    if (this.#collected > maxCollections) return;
    const startMs = performance.now();
    this.#parts.collect();
    this.#tookMs += performance.now() - startMs;
    this.#collections += 1;
  }

  #heapBytes(): number {
    return (this.#parts.heapBytes ?? heapSize)();
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
