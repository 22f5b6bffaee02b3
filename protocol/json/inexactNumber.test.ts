import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isInexactNumber } from './inexactNumber.ts';

test.each([
  '0',
  '-0',
  '0.0',
  '0e999999999999',
  '0.1',
  '1.0',
  '1e22',
  '1E+22',
  '10000e-4',
  '9007199254740992',
  '9007199254740994',
  '0.10',
  '1.50e3',
  '100000000000000000000',
  '1000000000000000000000e-21',
  '5e-324',
  '1.7976931348623157e308',
])('%s comes back with the same value', (written) => {
  expect(isInexactNumber(written)).toBe(false);
});

test.each([
  '9007199254740993',
  '-9007199254740993',
  // A double holds it, and is printed as 1152921504606847000.
  '1152921504606846976',
  '1152921504606846977',
  '0.12345678901234567891',
  '1234567834982342349e100',
  '1e400',
  '-1e400',
  '1e-400',
  '4.9406564584124654e-324',
  '18446744073709551615',
  '123456789012345678e-3',
  '1e999999999',
])('%s comes back as another value', (written) => {
  expect(isInexactNumber(written)).toBe(true);
});

test('whole numbers are inexact exactly when BigInt says that what is printed is another', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 68n), max: 2n ** 68n }), (whole) => {
      expect(isInexactNumber(String(whole))).toBe(BigInt(String(Number(whole))) !== whole);
    }),
  );
});

test('every double comes back as JavaScript writes it, in any spelling', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (each) => {
      expect(isInexactNumber(String(each))).toBe(false);
      expect(isInexactNumber(each.toExponential())).toBe(false);
    }),
  );
});

test('a row of a million zeros is looked at once', () => {
  expect(isInexactNumber(`0.${'0'.repeat(1_000_000)}1`)).toBe(true);
  expect(isInexactNumber(`1${'0'.repeat(300)}.${'0'.repeat(1_000_000)}`)).toBe(false);
});
