/** Waits between attempts to connect. */
export interface ReconnectDelays {
  /** The first wait is random between 0 and so many milliseconds; each round of failures doubles the range. Default: 100. */
  readonly minMs: number;
  /** The range grows up to so many milliseconds. Default: 10,000. */
  readonly maxMs: number;
}

/** What is known when a wait begins. */
export interface Failures {
  /** Attempts, or connections without a reply, since the last reply; at least 1. */
  readonly count: number;
  readonly addressCount: number;
  /** Close code of the last connection. */
  readonly code: number;
}

/** The server restarts: everybody who was connected comes back at the same moment. */
const serviceRestart = 1012;
/** The server has too much to do, or an operator has cut us off. */
const askedToWait: ReadonlySet<number> = new Set([1008, 1013]);
/** Everybody who was connected to a server that restarts is spread over so long. */
const restartSpreadMs = 1_000;

/**
 * How long to wait before the next attempt: anything from 0 to the end of a range that doubles ("full jitter"),
 * so that clients which lost a server together do not come back together. With close code 1013 or 1008 at
 * least half of the longest range is waited.
 * @param random From 0 to below 1.
 */
export function nextDelayMs(
  { minMs, maxMs }: ReconnectDelays,
  { count, addressCount, code }: Failures,
  random: number,
): number {
  const round = Math.floor((count - 1) / addressCount);
  const rangeMs = Math.min(maxMs, minMs * 2 ** Math.min(round, 30));
  const isAlone = addressCount === 1;
  if (askedToWait.has(code) && isAlone) return maxMs / 2 + (random * maxMs) / 2;
  if (code === serviceRestart && isAlone) return random * Math.max(rangeMs, restartSpreadMs);
  return random * rangeMs;
}
