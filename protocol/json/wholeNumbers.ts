import { asJsonText, type JsonText } from './jsonText.ts';

/** Most digits of a number that is added to, or comes of it; a sign does not count. */
const maxWholeDigits = 100;

/**
 * Whether a JSON text is a number written with digits only, but for a minus sign: `8`, `-20` and `-0`,
 * but neither `8.0`, `8e1` nor `"8"`.
 */
export function isWholeNumber(json: JsonText): boolean {
  return /^-?\d+$/.test(json);
}

/** Whether a whole number has more digits than 100. */
export function hasTooManyDigits(whole: JsonText): boolean {
  return whole.length - (whole.startsWith('-') ? 1 : 0) > maxWholeDigits;
}

/**
 * The exact sum of two whole numbers.
 * @returns undefined when one of the three has too many digits.
 */
export function sumOfWhole(one: JsonText, other: JsonText): JsonText | undefined {
  // Checked first: numbers of a million digits would take long to read.
  if (hasTooManyDigits(one) || hasTooManyDigits(other)) return undefined;
  const sum = asJsonText((BigInt(one) + BigInt(other)).toString());
  return hasTooManyDigits(sum) ? undefined : sum;
}
