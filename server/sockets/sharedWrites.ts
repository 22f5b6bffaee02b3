/** As much as is handed to the system at a time. */
const sharedBytes = 64 * 1024;

/** What is smaller would hold too much memory where the system does not take it. */
const minBytes = 16 * 1024;

let shared = Buffer.allocUnsafeSlow(sharedBytes);

/**
 * Room for bytes that are to be written now: for large ones that of the last write, as thousands of buffers of nearly 64 KiB leave
 * the C library with memory that it cannot give back. Who still needs it later calls {@link keepWrite}.
 */
export function roomForWrite(bytes: number): Buffer {
  const isShared = bytes >= minBytes && bytes <= sharedBytes;
  return isShared ? shared.subarray(0, bytes) : Buffer.allocUnsafe(bytes);
}

/** These bytes have not been written yet: the next ones get another room. */
export function keepWrite(bytes: Buffer): void {
  if (bytes.buffer === shared.buffer) shared = Buffer.allocUnsafeSlow(sharedBytes);
}
