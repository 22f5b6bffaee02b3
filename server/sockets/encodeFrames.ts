import { roomForWrite, shortRoom } from './sharedWrites.ts';

const finalText = 0x81;

/** First bytes of control frames. */
const opcodes = { ping: 0x89, pong: 0x8a } as const;

/** A ping that has nothing with it. */
export const emptyPing = Buffer.from([opcodes.ping, 0]);

const length16 = 126;
const length64 = 127;

const encoder = new TextEncoder();

/**
 * Puts texts into one buffer as WebSocket text frames (RFC 6455, unmasked as servers send them).
 * One buffer and one write for all replies of a turn: with 64 small requests in flight, `send` of
 * `ws` for each would cost 12 to 17 % of all replies a second (ADR 13).
 * @returns Bytes that stand until the next ones are made, see {@link roomForWrite}.
 */
export function encodeFrames(texts: readonly string[]): Buffer {
  if (texts.length === 1) return encodeOne(texts[0] ?? '');
  const sizes: number[] = [];
  let total = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    sizes.push(size);
    total += headerSize(size) + size;
  }
  const frames = roomForWrite(total);
  let at = 0;
  let index = 0;
  for (const text of texts) {
    at = writeFrame(frames, at, { text, size: sizes[index] ?? 0 });
    index += 1;
  }
  return frames;
}

/** Most often it is one, and short: then nothing is made for it. */
function encodeOne(text: string): Buffer {
  return (text.length < length16 ? encodeShort(text) : undefined) ?? encodeLong(text);
}

/** @returns undefined when it has more bytes than go into one with a short header. */
function encodeShort(text: string): Buffer | undefined {
  const room = shortRoom();
  const { read, written } = encoder.encodeInto(text, room.payload);
  if (read < text.length) return undefined;
  writeHeader(room.bytes, 0, written);
  return room.frameOf(written);
}

function encodeLong(text: string): Buffer {
  const size = Buffer.byteLength(text);
  const frame = roomForWrite(headerSize(size) + size);
  writeFrame(frame, 0, { text, size });
  return frame;
}

/** @returns Where the next one starts. */
function writeFrame(
  frames: Buffer,
  start: number,
  { text, size }: { readonly text: string; readonly size: number },
): number {
  const at = writeHeader(frames, start, size);
  // One byte for each character: ASCII, which is the cheaper one to write.
  return at + (size === text.length ? frames.write(text, at, 'latin1') : frames.write(text, at));
}

/**
 * Answers to pings as one buffer, which stands as long as that of {@link encodeFrames}.
 * @param pings What each had with it, at most 125 bytes as Latin-1.
 */
export function encodePongs(pings: readonly string[]): Buffer {
  const frames = pings.map((ping) => String.fromCharCode(opcodes.pong, ping.length) + ping);
  const text = frames.join('');
  const bytes = roomForWrite(text.length);
  bytes.write(text, 'latin1');
  return bytes;
}

function headerSize(size: number): number {
  if (size < length16) return 2;
  return size < 0x10000 ? 4 : 10;
}

/** @returns Where the payload starts. */
function writeHeader(frames: Buffer, start: number, size: number): number {
  frames[start] = finalText;
  const at = start + 1;
  if (size < length16) {
    frames[at] = size;
    return at + 1;
  }
  if (size < 0x10000) return frames.writeUInt16BE(size, frames.writeUInt8(length16, at));
  return frames.writeBigUInt64BE(BigInt(size), frames.writeUInt8(length64, at));
}
