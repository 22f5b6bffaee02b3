const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** How long to wait before the attempt of this number, counted from 1, to get a connection back. */
export function retryDelayMs(attempt: number): number {
  return Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1));
}
