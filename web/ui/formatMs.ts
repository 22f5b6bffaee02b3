// Apart from the other formats: the bar of the first paint needs it.

/** A measured time: `0.4 ms`, `12 ms`, `1.50 s`. */
export function formatMs(ms: number): string {
  if (ms < 9.95) return `${Math.max(0, ms).toFixed(1)} ms`;
  return ms < 999.5 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
