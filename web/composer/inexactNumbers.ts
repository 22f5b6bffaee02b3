import { isInexactNumber, readByJavaScript } from '../../protocol/json/inexactNumber.ts';
import { jsonTokens } from '../../protocol/json/jsonTokens.ts';

/** A number that does not survive in programs that keep numbers as doubles, as JavaScript does. */
export interface InexactNumber {
  readonly start: number;
  readonly end: number;
  /** As written. */
  readonly written: string;
  /** What such a program reads in its place. */
  readonly read: string;
}

/** Most numbers told of one text; a list of thousands helps nobody. */
export const maxInexactNumbers = 100;

const numberToken = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The numbers of a message that come back as others, in order, at most {@link maxInexactNumbers}. */
export function inexactNumbers(text: string): readonly InexactNumber[] {
  const found: InexactNumber[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'scalar') continue;
    const written = text.slice(start, end);
    if (!numberToken.test(written) || !isInexactNumber(written)) continue;
    found.push({ start, end, written, read: readByJavaScript(written) });
    if (found.length === maxInexactNumbers) break;
  }
  return found;
}
