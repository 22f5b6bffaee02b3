import type { RawData } from 'ws';

/** A message as it came. It is one buffer, as `ws` delivers unless told otherwise. */
export function bufferOf(data: RawData): Buffer {
  if (!Buffer.isBuffer(data)) throw new Error('A message that is no buffer');
  return data;
}
