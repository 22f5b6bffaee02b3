import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNumbers, inexactNumbersIn, isInexactNumber } from './numbers.ts';

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

test.each([
  '2024-01-01T00:00',
  '12345678901234567.',
  '00000000000000000001',
  '1-2345678901234567890',
])('what is no JSON number is not inexact: %s', (written) => {
  expect(isInexactNumber(written)).toBe(false);
});

test('an integer that JavaScript would change comes with its place and what would be read', () => {
  const text = '{"SH_INFO":{"tkn":14247375118774737462}}';
  expect(inexactNumbersIn(text, 100)).toEqual([
    { start: 18, end: 38, written: '14247375118774737462', read: '14247375118774737000' },
  ]);
});

test('digits in strings and names are no numbers', () => {
  expect(inexactNumbersIn('{"14247375118774737462":"14247375118774737462"}', 100)).toEqual([]);
});

test('a list of many stops at the limit', () => {
  const many = `[${Array.from({ length: 500 }, () => '9007199254740993').join(',')}]`;
  expect(inexactNumbersIn(many, 100)).toHaveLength(100);
});

test('an integer with an exponent is found as well', () => {
  expect(inexactNumbersIn('{"a":[1234567834982342349e100,1e400,-0,0.1,1.0]}', 100)).toMatchObject([
    { written: '1234567834982342349e100' },
    { written: '1e400', read: 'Infinity' },
  ]);
});

test('numbers are compared by their exact value, in any spelling', () => {
  const scaled = fc.tuple(
    fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
    fc.integer({ min: 0, max: 30 }),
  );
  fc.assert(
    fc.property(scaled, scaled, fc.integer({ min: -5, max: 5 }), ([a, down], [b, up], shift) => {
      // a × 10^-down and b × 10^-up, compared as whole numbers.
      const [left, right] = [a * 10n ** BigInt(up), b * 10n ** BigInt(down)];
      const expected = left === right ? 0 : left < right ? -1 : 1;
      expect(Math.sign(compareNumbers(`${a}e-${down}`, `${b}E-${up}`))).toBe(expected);
      const moved = `${a}${'0'.repeat(5 + shift)}e-${down + 5 + shift}`;
      expect(Math.sign(compareNumbers(moved, `${b}.0e-${up}`))).toBe(expected);
    }),
  );
});

test('exact numbers and digits in strings are left out', () => {
  const text =
    '[9007199254740991,9007199254740992,9007199254740993,-9007199254740993,"9007199254740993",1.5]';
  expect(inexactNumbersIn(text, 100)).toMatchObject([
    { written: '9007199254740993', read: '9007199254740992' },
    { written: '-9007199254740993', read: '-9007199254740992' },
  ]);
});
