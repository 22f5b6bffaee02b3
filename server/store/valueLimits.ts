import type { Refusal } from '../../protocol/wire/reply.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { refused, type Refused } from '../../protocol/result.ts';

/** Deepest nesting of a stored value, so that a reply with it stays within 1024 (decision D41). */
export const maxValueDepth = 1022;

/** Longest stored value, in bytes of UTF-8 (decision D41). */
export const maxValueBytes = 64 * 1024 * 1024;

/** Levels of nesting: 0 for a scalar, 1 for `[]`. */
export function depthOf(json: JsonText): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (isInString) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

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
