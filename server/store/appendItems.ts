import { mapOf, value as anyValue } from '../../protocol/codec/codec.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import {
  asJsonText,
  depthOf,
  kindOf,
  membersOf,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { ok, type Result } from '../../protocol/result.ts';
import type { Appendix } from './sessionStore.ts';
import { isTooLong, maxValueDepth, tooLarge } from './valueLimits.ts';

/** What became of an array that items were to be appended to. */
export type AppendStatus = 'Ok' | 'KeyNotExist' | 'Unknown';

/** The value with the items appended; undefined when what is addressed is no array. */
export function append(
  value: JsonText,
  { items, name }: Appendix,
): Result<JsonText, Refusal> | undefined {
  return name === undefined ? appended(value, items) : appendedIn(value, name, items);
}

/** The array with the items at its end; undefined when it is no array. */
function appended(
  array: JsonText,
  items: readonly JsonText[],
  levelsAbove = 0,
): Result<JsonText, Refusal> | undefined {
  if (kindOf(array) !== 'array') return undefined;
  if (items.length === 0) return ok(array);
  const parts = [array.slice(0, -1), array === '[]' ? '' : ',', items.join(','), ']'];
  const isTooDeep = items.some((item) => levelsAbove + 1 + depthOf(item) > maxValueDepth);
  if (isTooDeep || isTooLong(parts)) return tooLarge('items');
  return ok(asJsonText(parts.join('')));
}

/** The object with the items at the end of its member; undefined when there is no such array. */
function appendedIn(
  object: JsonText,
  name: string,
  items: readonly JsonText[],
): Result<JsonText, Refusal> | undefined {
  if (kindOf(object) !== 'object') return undefined;
  const members = membersOf(object);
  const array = members.get(name);
  const longer = array && appended(array, items, 1);
  if (!longer?.ok) return longer;
  members.set(name, longer.value);
  const written = mapOf(anyValue).write(members);
  return isTooLong([written]) ? tooLarge('items') : ok(written);
}
