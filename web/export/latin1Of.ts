/** One character for every byte. */
export function latin1Of(bytes: Uint8Array): string {
  let text = '';
  // In lots: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
