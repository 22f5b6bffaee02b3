/** The longest time that timers take, in milliseconds. */
export const maxTimeMs = 2_147_483_647;

/**
 * A number of an option, from 1 on.
 * @throws {RangeError} when it is not in the range.
 */
export function inRange(name: string, value: number, max = Number.MAX_SAFE_INTEGER): number {
  if (value >= 1 && value <= max) return value;
  throw new RangeError(`${name} must be a number from 1 to ${max}, got ${value}`);
}
