import { crc32 } from 'node:zlib';
import type { Steps } from '../../../protocol/steps.ts';
import type { ByteWriter } from './byteWriter.ts';

/**
 * What a frame holds. `head`: the first of each file. `changes`: what one sync brought to disk.
 * `sessions`: a part of a snapshot. `end`: a snapshot is complete, or a log was closed.
 */
export type FrameKind = 'head' | 'changes' | 'sessions' | 'end';

export interface FrameFacts {
  readonly kind: FrameKind;
  /** Records in it. */
  readonly count: number;
  /**
   * Number (`sequence`) of the change in its first record, the others count up from there. In a snapshot, of
   * the last change that it shows.
   */
  readonly firstLsn: number;
  /** Number of the last change that was known to be on disk when the frame was written. */
  readonly syncedLsn: number;
  /** When it was written; Unix time in milliseconds. */
  readonly atMs: number;
}

/** A frame as it was read. */
export interface Frame extends FrameFacts {
  /** Where in the file it begins. */
  readonly offset: number;
  /** Where the next one begins. */
  readonly end: number;
  readonly payload: Buffer;
}

/** Magic, checksum, length, count, first number, synced number, time. */
export const frameHeadBytes = 40;

// The first byte is in no UTF-8, so nothing that a client stores looks like the beginning of a frame.
const magicStart = 0xff_53_44_00;
const kindBytes: Record<FrameKind, number> = {
  head: 0x48,
  changes: 0x43,
  sessions: 0x53,
  end: 0x45,
};
const kindOfByte = new Map(
  Object.entries(kindBytes).map(([kind, byte]) => [byte, kind as FrameKind]),
);

/** The bytes with which every frame begins. */
export const magicBytes: Buffer = Buffer.from([0xff, 0x53, 0x44]);

/** Bytes before what the checksum covers. */
const checksumFrom = 8;

const largestLsn = BigInt(Number.MAX_SAFE_INTEGER);

/** Completes a frame: its records follow on {@link frameHeadBytes} bytes of room. @returns All of it. */
export function finishFrame(bytes: ByteWriter, facts: FrameFacts): Buffer {
  const frame = bytes.bytes;
  finishFrameInSteps([frame], facts).next();
  return frame;
}

/** As {@link finishFrame}, for a frame in pieces: a step for each. */
export function* finishFrameInSteps(
  [first, ...others]: readonly [Buffer, ...Buffer[]],
  facts: FrameFacts,
): Steps<void> {
  let { length } = first;
  for (const piece of others) length += piece.length;
  first.writeUInt32BE(magicStart + kindBytes[facts.kind], 0);
  first.writeUInt32LE(length - frameHeadBytes, 8);
  first.writeUInt32LE(facts.count, 12);
  first.writeBigUInt64LE(BigInt(facts.firstLsn), 16);
  first.writeBigUInt64LE(BigInt(facts.syncedLsn), 24);
  first.writeDoubleLE(facts.atMs, 32);
  let checksum = crc32(first.subarray(checksumFrom));
  for (const piece of others) {
    yield;
    checksum = crc32(piece, checksum);
  }
  first.writeUInt32LE(checksum, 4);
}

/**
 * Reads the frame that begins at the start of the bytes.
 * @returns How many bytes are needed when they are too few; undefined for what is no frame.
 */
export function readFrame(bytes: Buffer, offset: number): Frame | number | undefined {
  if (bytes.length < frameHeadBytes) return frameHeadBytes;
  const kind = kindOfByte.get(bytes.readUInt8(3));
  if (kind === undefined || bytes.compare(magicBytes, 0, 3, 0, 3) !== 0) return undefined;
  const length = frameHeadBytes + bytes.readUInt32LE(8);
  if (bytes.length < length) return length;
  if (crc32(bytes.subarray(checksumFrom, length)) !== bytes.readUInt32LE(4)) return undefined;
  const [firstLsn, syncedLsn] = [bytes.readBigUInt64LE(16), bytes.readBigUInt64LE(24)];
  if (firstLsn > largestLsn || syncedLsn > largestLsn) return undefined;
  return {
    kind,
    count: bytes.readUInt32LE(12),
    firstLsn: Number(firstLsn),
    syncedLsn: Number(syncedLsn),
    atMs: bytes.readDoubleLE(32),
    offset,
    end: offset + length,
    payload: bytes.subarray(frameHeadBytes, length),
  };
}
