import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfText, detachNarrowText, detachText } from '../detachText.ts';

/** Keys that are too many or too long for a block. */
export interface LargeKeys {
  readonly map: Map<string, JsonText>;
  textBytes: number;
}

/**
 * Stores a key.
 * @param isPlain As a list of entries has it.
 * @returns Whether it is new.
 */
export function storeLarge(
  large: LargeKeys,
  [key, value]: readonly [string, JsonText],
  isPlain: boolean,
): boolean {
  const { map } = large;
  const old = map.get(key);
  const isNew = old === undefined;
  map.set(isNew ? detachText(key) : key, isPlain ? detachNarrowText(value) : detachText(value));
  large.textBytes += isPlain ? value.length : bytesOfText(value);
  if (isNew) large.textBytes += bytesOfText(key);
  else large.textBytes -= bytesOfText(old);
  return isNew;
}
