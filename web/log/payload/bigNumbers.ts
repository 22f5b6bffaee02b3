import { isInexactNumber, readByJavaScript } from '../../../protocol/json/inexactNumber.ts';

/** A number that JavaScript's own numbers cannot be trusted with. */
export interface BigNumber {
  /** As it stands in the text. */
  readonly digits: string;
  /** What a client gets that reads it as a JavaScript number. */
  readonly read: string;
}

const numberOrString = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;

/** The numbers in a JSON text that JavaScript reads as others, each once, in the text's order. */
export function bigNumbersIn(json: string): BigNumber[] {
  const found = new Set<string>();
  for (const [token] of json.matchAll(numberOrString)) {
    if (!token.startsWith('"') && isInexactNumber(token)) found.add(token);
  }
  return [...found].map((digits) => ({ digits, read: readByJavaScript(digits) }));
}
