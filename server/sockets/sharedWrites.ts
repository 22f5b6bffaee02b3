import { copyOf } from './sharedReads.ts';

/** As much as is handed to the system at a time. */
const sharedBytes = 64 * 1024;

/** What is smaller would hold too much memory where the system does not take it. */
const minBytes = 16 * 1024;

let shared = Buffer.allocUnsafeSlow(sharedBytes);

/** Of a frame whose length stands in one byte. */
const shortHeaderBytes = 2;
const shortPayloadBytes = 125;

/** Room for one short frame, with views of it that are made once. */
class ShortRoom {
  readonly bytes = Buffer.allocUnsafe(shortHeaderBytes + shortPayloadBytes);
  readonly payload = this.bytes.subarray(shortHeaderBytes);
  /** By the bytes of their payloads. */
  readonly #frames: (Buffer | undefined)[] = [];

  frameOf(payloadBytes: number): Buffer {
    const end = shortHeaderBytes + payloadBytes;
    return (this.#frames[payloadBytes] ??= this.bytes.subarray(0, end));
  }

  has(frame: Buffer): boolean {
    return frame === this.#frames[frame.length - shortHeaderBytes];
  }
}

let short = new ShortRoom();

/** All short frames that are written alone share it, as large writes share {@link roomForWrite}. */
export function shortRoom(): ShortRoom {
  return short;
}

/**
 * A buffer for bytes that are to be written now. Large writes share one: thousands of buffers of nearly 64 KiB would leave
 * the C library with memory that it cannot give back. Bytes that stay in it after the write need {@link keepWrite}, and
 * bytes that are to be written later {@link lastingWrite}.
 */
export function roomForWrite(bytes: number): Buffer {
  const isShared = bytes >= minBytes && bytes <= sharedBytes;
  return isShared ? shared.subarray(0, bytes) : Buffer.allocUnsafe(bytes);
}

/** The system has these bytes but has not sent them yet: the next write gets another buffer. */
export function keepWrite(bytes: Buffer): void {
  if (bytes.buffer === shared.buffer) shared = Buffer.allocUnsafeSlow(sharedBytes);
  else if (short.has(bytes)) short = new ShortRoom();
}

/** Bytes that may wait: themselves, or a copy of just their size. */
export function lastingWrite(bytes: Buffer): Buffer {
  return bytes.buffer === shared.buffer || short.has(bytes) ? copyOf(bytes) : bytes;
}
