import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inexactNumbers, isSafeNumber, maxInexactNumbers } from './inexactNumbers.ts';

test('an integer that JavaScript would change is told with what would be read', () => {
  const text = '{"SH_INFO":{"tkn":14247375118774737462}}';
  expect(inexactNumbers(text)).toEqual([
    { start: 18, end: 38, written: '14247375118774737462', read: '14247375118774737000' },
  ]);
});

test('digits in strings and names are no numbers', () => {
  expect(inexactNumbers('{"14247375118774737462":"14247375118774737462"}')).toEqual([]);
});

test.each([
  '0',
  '-0',
  '0.1',
  '1e22',
  '9007199254740992',
  '9007199254740994',
  '1152921504606846976',
  '0.10',
  '1.50e3',
  '100000000000000000000',
  '5e-324',
  '1.7976931348623157e308',
  '0.0000000000000000008673617379884035472059622406959533691406250000',
])('%s is read as it is', (written) => {
  expect(isSafeNumber(written)).toBe(true);
});

test.each([
  '9007199254740993',
  '-9007199254740993',
  '1152921504606846977',
  '0.12345678901234567891',
  '1e400',
  '1e-400',
  '18446744073709551615',
  '123456789012345678e-3',
  '1e999999999',
])('%s is not read as it is', (written) => {
  expect(isSafeNumber(written)).toBe(false);
});

test('whole numbers: told exactly when BigInt says that the double is another', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), (whole) => {
      const read = Number(whole);
      const isSame = BigInt(read) === whole || BigInt(Number(String(read))) === whole;
      const printsSame = whole === BigInt(String(read).includes('e') ? read : String(read));
      expect(isSafeNumber(String(whole))).toBe(isSame || printsSame);
    }),
  );
});

test('every double is safe as JavaScript writes it', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (each) => {
      expect(isSafeNumber(String(each))).toBe(true);
    }),
  );
});

test('a list of many is cut off', () => {
  const many = `[${Array.from({ length: 500 }, () => '9007199254740993').join(',')}]`;
  expect(inexactNumbers(many)).toHaveLength(maxInexactNumbers);
});
