/** Shorter parts are copied by V8 anyhow. */
const minSharedLength = 13;

/**
 * Copies a text that was cut out of a message. V8 lets a cut-out text share the whole one's memory,
 * so that storing 20 characters would keep a message of 2 MiB alive. Joining two parts makes a new
 * flat text; of the ways to do so this was the cheapest (70 ns, against 180 ns through a Buffer).
 */
export function detachText<T extends string>(text: T): T {
  if (text.length < minSharedLength) return text;
  return [text.slice(0, 1), text.slice(1)].join('') as T; // The same characters, brand and all.
}
