import { messages } from './messages.ts';

/** A size for people, in steps of a thousand. */
export function byteSize(bytes: number): string {
  if (bytes < 1000) return messages.bytes(bytes);
  if (bytes < 1_000_000) return messages.kilobytes((bytes / 1000).toFixed(1));
  return messages.megabytes((bytes / 1_000_000).toFixed(1));
}
