import { expect, test } from 'vitest';
import { nameOrder, nameText } from './nameText.ts';

test.each([
  ['User 1', 'user 1'],
  ['İstanbul Straße', 'istanbul strasse'],
  ['', '\0(no name)'],
  ['a\u200bb', 'a\u200bb\0a\\u200bb'],
  [' a\t', ' a\t\0␣a␉'],
])('%j is searched as it is and as it is shown', (name, text) => {
  expect(nameText(name)).toBe(text);
});

test('numbers in names are sorted by what they are worth', () => {
  const names = ['a', 'a 0', 'a 1', 'a 2 b', 'a 09', 'a 10', 'a 10 9', 'a 10 10', 'a 1000000', 'b'];
  const reversed = names.toReversed();
  const compare = (a: string, b: string) => (nameOrder(a) < nameOrder(b) ? -1 : 1);
  expect(reversed.sort(compare)).toEqual(names);
  expect(nameOrder('9'.repeat(100_000))).toHaveLength(100_001);
});
