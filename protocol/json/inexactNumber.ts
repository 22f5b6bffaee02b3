/**
 * Whether a program that keeps numbers as doubles, as JavaScript does, writes another value in place
 * of this one. `0.1`, `1.0` and `-0` come back with the same value; `9007199254740993` and `1e400` do not.
 * @param written A JSON number.
 */
export function isInexactNumber(written: string): boolean {
  // Up to 15 digits and no exponent come back always; most numbers are settled by their length.
  if (written.length <= 15 && !/e/i.test(written)) return false;
  const read = Number(written);
  if (!Number.isFinite(read)) return true;
  const meant = decimalOf(written);
  const printed = decimalOf(String(read));
  return meant.digits !== printed.digits || meant.exponent !== printed.exponent;
}

/** What JavaScript reads in place of a JSON number: the nearest double, as JavaScript prints it. */
export function readByJavaScript(written: string): string {
  return String(Number(written));
}

/** A magnitude as digits times a power of ten, without zeros at either end; zero has no digits. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** The sign is left out: a double always keeps it. */
function decimalOf(written: string): Decimal {
  const [, whole = '', fraction = '', power = '0'] =
    /^-?(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(written) ?? [];
  const all = whole + fraction;
  // No regular expression: it would try a long row of zeros again from each of them.
  let start = 0;
  while (all[start] === '0') start += 1;
  let end = all.length;
  while (end > start && all[end - 1] === '0') end -= 1;
  const digits = all.slice(start, end);
  if (digits === '') return { digits, exponent: 0 };
  return { digits, exponent: Number(power) - fraction.length + all.length - end };
}
