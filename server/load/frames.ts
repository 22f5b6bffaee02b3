import { randomBytes } from 'node:crypto';

/** Requests that are sent at once, as frames. */
export interface Burst {
  readonly frames: Buffer;
  readonly count: number;
}

export function burstOf(texts: readonly string[]): Burst {
  return { frames: Buffer.concat(texts.map(textFrame)), count: texts.length };
}

function textFrame(text: string): Buffer {
  return maskedFrame(opcodes.text, Buffer.from(text));
}

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** A whole frame as clients send it: with a mask, which is drawn for each. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(headBytes(payload.length));
  head.writeUInt8(0x80 | opcode, 0);
  if (payload.length < 126) head.writeUInt8(0x80 | payload.length, 1);
  else if (payload.length < 0x10000) {
    head.writeUInt8(0x80 | 126, 1);
    head.writeUInt16BE(payload.length, 2);
  } else {
    head.writeUInt8(0x80 | 127, 1);
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  }
  const mask = randomBytes(4);
  const masked = Buffer.alloc(payload.length);
  for (const [at, byte] of payload.entries()) masked[at] = byte ^ (mask[at % 4] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

function headBytes(length: number): number {
  if (length < 126) return 2;
  return length < 0x10000 ? 4 : 10;
}

/** A frame of a server. */
export interface ReceivedFrame {
  readonly opcode: number;
  /** Whether the message ends with it. */
  readonly isLast: boolean;
  /** Where its payload is, and where the next frame begins. */
  readonly start: number;
  readonly end: number;
}

/** Reads the frame that begins at a place. @returns undefined when it is not all there. */
export function readFrame(bytes: Buffer, at: number): ReceivedFrame | undefined {
  if (bytes.length - at < 2) return undefined;
  const short = bytes.readUInt8(at + 1) & 0x7f;
  let start = at + 2;
  let length = short;
  if (short === 126) {
    if (bytes.length < at + 4) return undefined;
    length = bytes.readUInt16BE(at + 2);
    start = at + 4;
  } else if (short === 127) {
    if (bytes.length < at + 10) return undefined;
    length = Number(bytes.readBigUInt64BE(at + 2));
    start = at + 10;
  }
  if (bytes.length < start + length) return undefined;
  const first = bytes.readUInt8(at);
  return { opcode: first & 0x0f, isLast: first >= 0x80, start, end: start + length };
}
