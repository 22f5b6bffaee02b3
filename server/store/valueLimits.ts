import type { Refusal } from '../../protocol/wire/reply.ts';
import { depthOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { refused, type Refused } from '../../protocol/result.ts';

/** Deepest nesting of a stored value, so that a reply with it stays within 1024 (decision D41). */
export const maxValueDepth = 1022;

/** Longest stored value, in bytes of UTF-8 (decision D41). */
export const maxValueBytes = 64 * 1024 * 1024;

/** Whether the parts together are longer than a value may be. */
export function isTooLong(parts: readonly string[]): boolean {
  const units = parts.reduce((sum, part) => sum + part.length, 0);
  if (units * 3 <= maxValueBytes) return false; // No unit takes more than three bytes.
  if (units > maxValueBytes) return true;
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0) > maxValueBytes;
}

/** Whether a value is within the limits of what is stored. */
export function isStorable(value: JsonText): boolean {
  return !isTooLong([value]) && depthOf(value) <= maxValueDepth;
}

/** Status 42: the value would grow beyond the limits. */
export function tooLarge(param: string): Refused<Refusal> {
  return refused({ status: 'ValueSize', param });
}
