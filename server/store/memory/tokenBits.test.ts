import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMadeToken } from '../../../protocol/token.ts';
import { TokenBits, tokenOfWords } from './tokenBits.ts';

/** The number that these bits are. */
const numberOf = ({ low, high }: TokenBits) => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);

const edges = [1n, 9_999_999n, 10_000_000n, 2n ** 32n - 1n, 2n ** 32n, 10n ** 14n, 2n ** 53n + 1n]
  .concat([10n ** 19n, 2n ** 63n, 2n ** 64n - 2n, 2n ** 64n - 1n])
  .map(String);
const made = fc
  .bigInt({ min: 1n, max: 2n ** 64n - 1n })
  .chain((number) => fc.nat(63).map((bits) => String((number >> BigInt(bits)) | 1n)));

test('the bits of a token are those of its number, and give its text again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...edges), made), (text) => {
      const bits = new TokenBits();
      expect(bits.read(text)).toBe(true);
      expect(numberOf(bits)).toBe(BigInt(text));
      expect(tokenOfWords(bits.low, bits.high)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

test('only texts that a server writes have bits', () => {
  const bits = new TokenBits();
  const others = ['', '0', '00', '01', '-1', '+1', ' 1', '1 ', '1.0', '1e3', '0x1', '١', '１', 'a'];
  const tooLarge = ['18446744073709551616', '99999999999999999999', '1'.repeat(21)];
  for (const text of [...others, ...tooLarge])
    expect([text, bits.read(text)]).toEqual([text, false]);
  const digits = fc.string({
    unit: fc.constantFrom('0', '1', '2', '8', '9', '/', ':', 'é', '中'),
    maxLength: 22,
  });
  fc.assert(
    fc.property(fc.oneof(digits, fc.string()), (text) => {
      expect(bits.read(text)).toBe(readMadeToken(text) !== undefined);
    }),
    { numRuns: 1_000 },
  );
});
