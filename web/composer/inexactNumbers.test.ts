import { expect, test } from 'vitest';
import { inexactNumbers, maxInexactNumbers } from './inexactNumbers.ts';

test('an integer that JavaScript would change is told with what would be read', () => {
  const text = '{"SH_INFO":{"tkn":14247375118774737462}}';
  expect(inexactNumbers(text)).toEqual([
    { start: 18, end: 38, written: '14247375118774737462', read: '14247375118774737000' },
  ]);
});

test('digits in strings and names are no numbers', () => {
  expect(inexactNumbers('{"14247375118774737462":"14247375118774737462"}')).toEqual([]);
});

test('a list of many is cut off', () => {
  const many = `[${Array.from({ length: 500 }, () => '9007199254740993').join(',')}]`;
  expect(inexactNumbers(many)).toHaveLength(maxInexactNumbers);
});

test('an integer with an exponent is marked as well', () => {
  expect(inexactNumbers('{"a":[1234567834982342349e100,1e400,-0,0.1,1.0]}')).toMatchObject([
    { written: '1234567834982342349e100' },
    { written: '1e400', read: 'Infinity' },
  ]);
});
