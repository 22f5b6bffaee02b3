import { jsonTokens } from '../ui/jsonTokens.ts';

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

/** The numbers of a message that a double cannot hold, in order, at most {@link maxInexactNumbers}. */
export function inexactNumbers(text: string): readonly InexactNumber[] {
  const found: InexactNumber[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    // Up to 15 digits and no exponent are always safe; most numbers are told by their length.
    if (kind !== 'scalar' || (end - start <= 15 && !/[eE]/.test(text.slice(start, end)))) continue;
    const written = text.slice(start, end);
    if (!numberToken.test(written) || isSafeNumber(written)) continue;
    found.push({ start, end, written, read: String(Number(written)) });
    if (found.length === maxInexactNumbers) break;
  }
  return found;
}

/**
 * Whether a double holds the number, or prints as it: then 0.1 is safe, though no double is a tenth.
 * @param written A JSON number.
 */
export function isSafeNumber(written: string): boolean {
  const read = Number(written);
  if (!Number.isFinite(read)) return false;
  const meant = decimalOf(written);
  const printed = decimalOf(String(read));
  if (meant.digits === printed.digits && meant.exponent === printed.exponent) return true;
  return meant.digits.length <= mostDigits && isExact(meant, read);
}

/** No double has more significant digits when written out. */
const mostDigits = 768;

/** A magnitude as digits times a power of ten, without zeros at either end; zero has no digits. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

function decimalOf(written: string): Decimal {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { digits, exponent: 0 };
  return { digits, exponent: Number(power) - fraction.length + all.length - digits.length };
}

/** Compares by whole numbers: digits × 10^exponent with mantissa × 2^power. */
function isExact({ digits, exponent }: Decimal, read: number): boolean {
  if (read === 0) return digits === '';
  let mantissa = Math.abs(read);
  let power = 0;
  // Halving and doubling change no digit of a double until it is as small as one can be.
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    power -= 1;
  }
  const meant = BigInt(digits) * 10n ** BigInt(Math.max(0, exponent)) * 2n ** BigInt(-power);
  return meant === BigInt(mantissa) * 10n ** BigInt(Math.max(0, -exponent));
}
