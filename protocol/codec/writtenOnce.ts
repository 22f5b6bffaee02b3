import type { JsonText } from '../json/jsonText.ts';
import type { Codec } from './codec.ts';

/** The codec for objects that never change: the text of each is kept as long as the object. */
export function writtenOnce<T extends object>(codec: Codec<T>): Codec<T> {
  const texts = new WeakMap<T, JsonText>();
  const write = (each: T) => {
    const known = texts.get(each);
    if (known !== undefined) return known;
    const text = codec.write(each);
    texts.set(each, text);
    return text;
  };
  return { ...codec, write };
}
