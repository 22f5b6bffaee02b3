/** A number that JavaScript's own numbers cannot be trusted with. */
export interface BigNumber {
  /** As it stands in the text. */
  readonly digits: string;
  /** What a client gets that reads it as a JavaScript number. */
  readonly read: string;
}

const numberOrString = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const integer = /^-?\d+$/;

/** Whether a number token is an integer beyond 2^53, where neighbours fall together. */
export function isBigInteger(token: string): boolean {
  // Sixteen digits are the fewest that can be beyond it.
  return token.length > 15 && integer.test(token) && !Number.isSafeInteger(Number(token));
}

/** What JavaScript reads in place of a number: the nearest double, as JavaScript prints it. */
export function readByJavaScript(token: string): string {
  return String(Number(token));
}

/** The integers in a JSON text that JavaScript reads as others, each once, in the text's order. */
export function bigNumbersIn(json: string): BigNumber[] {
  const found = new Set<string>();
  for (const [token] of json.matchAll(numberOrString)) {
    if (isBigInteger(token)) found.add(token);
  }
  return [...found]
    .map((digits) => ({ digits, read: readByJavaScript(digits) }))
    .filter(({ digits, read }) => digits !== read);
}
