import { ExactNumber } from '../exactNumber.ts';

/**
 * Whether a value has all that is expected: each member of an object, each item of an array and as many of them, and
 * the same value elsewhere. What `expect.any(…)` and the like make is asked.
 */
export function contains(value: unknown, expected: unknown): boolean {
  if (isMatcher(expected)) return expected.asymmetricMatch(value);
  if (isNumber(expected) && isNumber(value)) return String(value) === String(expected);
  if (Array.isArray(expected)) {
    if (!Array.isArray(value) || value.length !== expected.length) return false;
    return expected.every((item, index) => contains(value[index], item));
  }
  if (!isObject(expected)) return Object.is(value, expected);
  if (!isObject(value) || Array.isArray(value)) return false;
  return Object.keys(expected).every(
    (name) => Object.hasOwn(value, name) && contains(value[name], expected[name]),
  );
}

/** An exact one is compared with a number or a bigint by its text. */
function isNumber(value: unknown): value is number | bigint | ExactNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof ExactNumber;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isMatcher(
  value: unknown,
): value is { readonly asymmetricMatch: (other: unknown) => boolean } {
  return (
    isObject(value) && 'asymmetricMatch' in value && typeof value['asymmetricMatch'] === 'function'
  );
}
