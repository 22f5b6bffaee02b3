import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { texts } from './texts.ts';
import { shortCount, sizeOf } from './words.ts';

test('one thing is not called many', () => {
  expect(texts.countOfSessions(1)).toBe('1 session');
  expect(texts.countOfKeys(0)).toBe('0 keys');
  expect(texts.countOfKeys(14_000)).toBe('14,000 keys');
});

test.each([
  [9999, '9,999'],
  [14_000, '14K'],
  [1_234_567, '1.23M'],
])('%i fits a narrow column as %s', (count, text) => {
  expect(shortCount(count)).toBe(text);
});

test('the size of a value is that of its UTF-8, not of its characters', () => {
  expect(sizeOf({ key: 'k', length: 4, value: asJsonText('"é€"') })).toBe('7 B');
});

test.each([
  [70_000, '≈ 70.0 kB'],
  [999_949, '≈ 999.9 kB'],
  [999_950, '≈ 1.0 MB'],
])('a value of %i units that is not here is about %s', (length, text) => {
  expect(sizeOf({ key: 'k', length })).toBe(text);
});
