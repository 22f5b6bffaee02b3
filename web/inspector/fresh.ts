/** A change is marked for so long; the style sheet lets the mark fade over the same time. */
const freshForMs = 1600;

/**
 * Whether something changed so lately that it is worth a mark.
 * @param nowMs By the same clock as the change.
 */
export function isFresh(changedAtMs: number | undefined, nowMs: number): boolean {
  return changedAtMs !== undefined && nowMs - changedAtMs < freshForMs;
}
