import { jsonTokens, type TextSpan } from './jsonTokens.ts';

/**
 * Order of two JSON numbers by their exact value, whatever their spelling: `1.0` equals `10e-1`.
 * @returns Negative, 0 or positive.
 */
export function compareNumbers(left: string, right: string): number {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -a.sign : a.sign;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}

/**
 * Whether a program that keeps numbers as doubles, as JavaScript does, writes another value in place
 * of this one. `0.1`, `1.0` and `-0` come back with the same value; `9007199254740993` and `1e400` do not.
 * @param written A number of a JSON text; for any other text it is false.
 */
export function isInexactNumber(written: string): boolean {
  // Up to 15 digits and no exponent come back always; most numbers are settled by their length.
  if (written.length <= 15 && !/e/i.test(written)) return false;
  if (!numberPattern.test(written)) return false;
  const read = Number(written);
  return !Number.isFinite(read) || compareNumbers(written, String(read)) !== 0;
}

/** What JavaScript reads in place of a JSON number: the nearest double, as JavaScript prints it. */
export function readByJavaScript(written: string): string {
  return String(Number(written));
}

/** A number that does not survive in programs that keep numbers as doubles. */
export interface InexactNumber extends TextSpan {
  readonly written: string;
  /** What such a program reads in its place. */
  readonly read: string;
}

/**
 * The numbers of a text that come back as others, in order.
 * @param most Stops at so many.
 */
export function inexactNumbersIn(text: string, most: number): readonly InexactNumber[] {
  const found: InexactNumber[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'scalar') continue;
    const written = text.slice(start, end);
    if (!isInexactNumber(written)) continue;
    found.push({ start, end, written, read: readByJavaScript(written) });
    if (found.length === most) break;
  }
  return found;
}

/** A number as 0.DIGITS × 10^exponent, with neither zeros before nor after the digits. */
interface Decimal {
  /** −1, 0 or 1. */
  readonly sign: number;
  readonly digits: string;
  readonly exponent: bigint;
}

/** Exponents with more digits than this compare as equal: nobody writes them. */
const maxExponentDigits = 1000;

const numberPattern = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?)0*(\d*))?$/;

function decimalOf(json: string): Decimal {
  const [, minus, whole = '', fraction = '', exponentSign, power = ''] =
    numberPattern.exec(json) ?? [];
  const all = whole + fraction;
  // No regular expression: it would try a long row of zeros again from each of them.
  let start = 0;
  while (all.charCodeAt(start) === 0x30) start += 1;
  if (start === all.length) return { sign: 0, digits: '', exponent: 0n };
  let end = all.length;
  while (all.charCodeAt(end - 1) === 0x30) end -= 1;
  const magnitude = BigInt(power.slice(0, maxExponentDigits));
  const exponent = (exponentSign === '-' ? -magnitude : magnitude) + BigInt(whole.length - start);
  return { sign: minus === '-' ? -1 : 1, digits: all.slice(start, end), exponent };
}
