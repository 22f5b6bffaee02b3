import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfText, detachNarrowText, detachText } from '../detachText.ts';
import type { KeyNotes } from './keyNotes.ts';

/** Keys that are too many or too long for a block. */
export interface LargeKeys {
  readonly map: Map<string, JsonText>;
  textBytes: number;
}

/** How a key is stored. */
export interface Storing {
  /** As a list of entries has it. */
  readonly isPlain?: boolean;
  /** Gets the value before. */
  readonly notes?: KeyNotes | undefined;
}

/** Stores a key. @returns Whether it is new. */
export function storeLarge(
  large: LargeKeys,
  [key, value]: readonly [string, JsonText],
  { isPlain = false, notes }: Storing,
): boolean {
  const { map } = large;
  const old = map.get(key);
  const isNew = old === undefined;
  notes?.note(key, old);
  map.set(isNew ? detachText(key) : key, isPlain ? detachNarrowText(value) : detachText(value));
  large.textBytes += isPlain ? value.length : bytesOfText(value);
  if (isNew) large.textBytes += bytesOfText(key);
  else large.textBytes -= bytesOfText(old);
  return isNew;
}
