import { randomFillSync } from 'node:crypto';

const byteValues = 256;
const bytesOfToken = 8;

/**
 * Hashes the bits of tokens by tables of random numbers, one for each of their bytes. For any tokens that somebody has chosen
 * without knowing the numbers, a table with linear probing takes constant time on average (Pătraşcu and Thorup, 2012).
 */
export class TokenHash {
  readonly #numbers = new Int32Array(byteValues * bytesOfToken);

  constructor(fill: (numbers: Int32Array) => void = randomFillSync) {
    fill(this.#numbers);
  }

  /** @returns 32 bits, with a sign. */
  of(low: number, high: number): number {
    const numbers = this.#numbers;
    const ofLow =
      (numbers[low & 0xff] ?? 0) ^
      (numbers[0x100 | ((low >>> 8) & 0xff)] ?? 0) ^
      (numbers[0x200 | ((low >>> 16) & 0xff)] ?? 0) ^
      (numbers[0x300 | (low >>> 24)] ?? 0);
    const ofHigh =
      (numbers[0x400 | (high & 0xff)] ?? 0) ^
      (numbers[0x500 | ((high >>> 8) & 0xff)] ?? 0) ^
      (numbers[0x600 | ((high >>> 16) & 0xff)] ?? 0) ^
      (numbers[0x700 | (high >>> 24)] ?? 0);
    return ofLow ^ ofHigh;
  }
}
