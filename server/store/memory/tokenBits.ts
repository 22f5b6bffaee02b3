import type { Token } from '../../../protocol/token.ts';

/** Digits of the two last groups that a token is read in, and what one of them counts. */
const groupDigits = 7;
const groupSize = 10 ** groupDigits;

/** No text of 64 bits has more digits. */
const maxDigits = 20;

const zeroCode = 48;

/** The 64 bits of a token as two words of 32, the sign of each of no meaning. Used again for each token. */
export class TokenBits {
  low = 0;
  high = 0;

  /**
   * Reads a text, in less time than by way of a BigInt.
   * @returns Whether it is a token as a server writes one: digits without a leading zero, from 1 to 2⁶⁴ − 1. Only then
   * are these its bits, so two texts never have the same.
   */
  read(text: string): boolean {
    const { length } = text;
    if (length === 0 || length > maxDigits || text.charCodeAt(0) === zeroCode) return false;
    const secondAt = Math.max(0, length - groupDigits);
    const firstAt = Math.max(0, secondAt - groupDigits);
    const head = digitsIn(text, 0, firstAt);
    const first = digitsIn(text, firstAt, secondAt);
    const second = digitsIn(text, secondAt, length);
    if (head < 0 || first < 0 || second < 0) return false;
    return this.#set(head * groupSize + first, second);
  }

  /** Takes `upper * groupSize + lower`; numbers are exact up to 53 bits, so it is done in parts of 24. */
  #set(upper: number, lower: number): boolean {
    const upperHigh = Math.floor(upper / 0x100_0000);
    const lowest = (upper - upperHigh * 0x100_0000) * groupSize + lower;
    const carry = Math.floor(lowest / 0x100_0000);
    const rest = upperHigh * groupSize + carry;
    const high = Math.floor(rest / 0x100);
    if (high > 0xffff_ffff) return false;
    this.high = high | 0;
    this.low = ((rest - high * 0x100) << 24) | (lowest - carry * 0x100_0000);
    return true;
  }
}

/** The token of these bits. */
export function tokenOfWords(low: number, high: number): Token {
  const top = high >>> 0;
  const first = Math.floor(top / groupSize);
  const middle = (top - first * groupSize) * 0x1_0000 + (low >>> 16);
  const second = Math.floor(middle / groupSize);
  const last = (middle - second * groupSize) * 0x1_0000 + (low & 0xffff);
  const third = Math.floor(last / groupSize);
  const lower = last - third * groupSize;
  const upper = first * 0x1_0000_0000 + second * 0x1_0000 + third;
  if (upper === 0) return `${lower}` as Token; // Its digits, as the server writes them.
  return `${upper}${`${lower}`.padStart(groupDigits, '0')}` as Token;
}

/** The number that these digits are, at most seven; less than 0: not all are digits. */
function digitsIn(text: string, from: number, to: number): number {
  let number = 0;
  let signs = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - zeroCode;
    // Less than 0 when one of them is: looked at once for all.
    signs |= digit | (9 - digit);
    number = (Math.imul(number, 10) + digit) | 0;
  }
  return signs < 0 ? -1 : number;
}
