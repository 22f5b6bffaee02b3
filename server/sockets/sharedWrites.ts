/** As much as is handed to the system at a time. */
const sharedBytes = 64 * 1024;

/** What is smaller would hold too much memory where the system does not take it. */
const minBytes = 16 * 1024;

let shared = Buffer.allocUnsafeSlow(sharedBytes);

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
}

/** Bytes that may wait: themselves, or a copy of just their size. */
export function lastingWrite(bytes: Buffer): Buffer {
  return bytes.buffer === shared.buffer ? Buffer.from(bytes) : bytes;
}
