import { getHeapStatistics } from 'node:v8';

/** What a store may hold; what would exceed it is refused with `LimitReached`. */
export interface StoreLimits {
  readonly maxSessions: number;
  /** Of all sessions together. */
  readonly maxKeys: number;
  readonly maxKeysPerSession: number;
  /** As a store counts them: see {@link Totals}. */
  readonly maxMemoryBytes: number;
  /** Characters of the keys and values in one reply. */
  readonly maxReplyLength: number;
  /** Bytes of changes that are remembered for inspectors; 0: none. Not part of {@link maxMemoryBytes}. */
  readonly maxHistoryBytes: number;
}

/**
 * Most sessions, and most keys of one session, whatever is configured. A map of V8 throws beyond 16.7
 * million entries, and counts deleted ones until it has as many of those.
 */
export const maxMapEntries = 8_000_000;

/** Names of the limits, as a reply has them in `m`. */
export type LimitName = 'max-sessions' | 'max-keys' | 'max-memory' | 'max-reply';

const MiB = 1024 * 1024;

/** Taken by the program, and by the young objects that V8 keeps apart. */
const takenHeapBytes = 72 * MiB;

/** The rest is for requests, replies and garbage that has not been collected. */
const defaultHeapShare = 0.75;

/** As many bytes of data as a heap of this size holds without running short. */
function memoryForHeap(heapBytes: number): number {
  return Math.floor(Math.max(heapBytes - takenHeapBytes, 8 * MiB) * defaultHeapShare);
}

/** Little beside the data, where the heap is small. */
function historyForHeap(heapBytes: number): number {
  return Math.min(Math.floor(memoryForHeap(heapBytes) / 16), 64 * MiB);
}

/** A reply is in the heap several times while it is written, perhaps with two bytes a character. */
function replyForHeap(heapBytes: number): number {
  return Math.min(Math.floor(heapBytes / 24), 128 * MiB);
}

export const defaultStoreLimits: StoreLimits = {
  maxSessions: maxMapEntries,
  maxKeys: Infinity,
  maxKeysPerSession: maxMapEntries,
  maxMemoryBytes: memoryForHeap(getHeapStatistics().heap_size_limit),
  maxReplyLength: replyForHeap(getHeapStatistics().heap_size_limit),
  maxHistoryBytes: historyForHeap(getHeapStatistics().heap_size_limit),
};
