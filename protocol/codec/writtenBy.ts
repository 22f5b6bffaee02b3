import { asJsonText } from '../json/jsonText.ts';
import type { Codec } from './codec.ts';

/**
 * The codec with a special writer, for what is written very often: a general one looks up each member by its name. It must write
 * what the codec would.
 */
export function writtenBy<T>(codec: Codec<T>, write: (value: T) => string): Codec<T> {
  return { ...codec, write: (value) => asJsonText(write(value)) };
}
