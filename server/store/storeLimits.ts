import { getHeapStatistics } from 'node:v8';

/** What a store may hold; what would exceed it is refused with `LimitReached`. */
export interface StoreLimits {
  readonly maxSessions: number;
  /** Of all sessions together. */
  readonly maxKeys: number;
  /** As a store counts them: see {@link Totals}. */
  readonly maxMemoryBytes: number;
}

/** Names of the limits, as a reply has them in `m`. */
export type LimitName = 'max-sessions' | 'max-keys' | 'max-memory';

const MiB = 1024 * 1024;

/** Taken by the program, and by the young objects that V8 keeps apart. */
const takenHeapBytes = 72 * MiB;

/** The rest is for requests, replies and garbage that has not been collected. */
const defaultHeapShare = 0.75;

/** As many bytes of data as a heap of this size holds without running short. */
function memoryForHeap(heapBytes: number): number {
  return Math.floor(Math.max(heapBytes - takenHeapBytes, 8 * MiB) * defaultHeapShare);
}

export const defaultStoreLimits: StoreLimits = {
  maxSessions: Infinity,
  maxKeys: Infinity,
  maxMemoryBytes: memoryForHeap(getHeapStatistics().heap_size_limit),
};
