import type { JsonText } from '../../protocol/json/jsonText.ts';
import { bytesOfText } from './detachText.ts';

/** What a key takes beside its characters: two texts' headers and a place in a map that has just grown. */
export const keyOverheadBytes = 112;

/** Memory that a key and its value take at most: less where the keys of a session are packed. */
export function bytesOfKey(key: string, value: JsonText): number {
  return keyOverheadBytes + bytesOfText(key) + bytesOfText(value);
}
