import { texts } from './texts.ts';

/** A size for people, in steps of a thousand. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return texts.bytes(bytes);
  if (bytes < 1_000_000) return texts.kilobytes((bytes / 1000).toFixed(1));
  return texts.megabytes((bytes / 1_000_000).toFixed(1));
}
