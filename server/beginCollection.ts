import { setFlagsFromString } from 'node:v8';

/** V8 begins a collection when 64 MiB have been added outside of its heap since the last one. */
const hintBytes = 72 * 1024 * 1024;

/**
 * Makes V8 collect all garbage, and give the memory back. It does so in steps of a few milliseconds, with others in
 * between, and is done about a second later.
 *
 * The buffer is for V8 to count: no byte of it is touched, so it takes no memory. A collection that begins under the flag
 * makes the young generation small, and empties pages of which a fifth is free.
 */
export function beginCollection(): void {
  setFlagsFromString('--optimize-for-size');
  try {
    // Not as an expression alone: the bundler leaves out what seems to do nothing.
    Reflect.construct(ArrayBuffer, [hintBytes]);
  } catch (error) {
    // No system has to grant so many bytes: then the garbage stays.
    if (!(error instanceof RangeError)) throw error;
  } finally {
    setFlagsFromString('--no-optimize-for-size');
  }
}
