import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { texts } from './texts.ts';
import { sizeOf } from './words.ts';

test('one thing is not called many', () => {
  expect(texts.countOfSessions(1)).toBe('1 session');
  expect(texts.countOfKeys(0)).toBe('0 keys');
  expect(texts.countOfKeys(14_000)).toBe('14,000 keys');
});

test('the size of a value is that of its UTF-8, not of its characters', () => {
  expect(sizeOf({ key: 'k', length: 4, value: asJsonText('"é€"') })).toBe('7 B');
});

test('of a value that is not here only about the size is known', () => {
  expect(sizeOf({ key: 'k', length: 70_000 })).toBe('≈ 70.0 kB');
});
