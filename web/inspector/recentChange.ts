/** A change is marked for so long; the style sheet lets the mark fade over the same time. */
const freshForMs = 1200;

/**
 * What marks a row as changed: another change, another mark.
 * @param nowMs By the same clock as the change.
 * @returns undefined when there was no change, or not lately.
 */
export function recentChange(changedAtMs: number | undefined, nowMs: number): number | undefined {
  if (changedAtMs === undefined || nowMs - changedAtMs >= freshForMs) return undefined;
  return changedAtMs;
}
