import type { RawData } from 'ws';

/** Text of a message. It arrives as one buffer, as `ws` delivers unless told otherwise. */
export function textOf(data: RawData): string {
  if (!Buffer.isBuffer(data)) throw new Error('A message that is no buffer');
  return data.toString();
}
