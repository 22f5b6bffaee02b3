import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextRanks } from './textRanks.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '0', '~', '\0', 'ä', '\uffff'), maxLength: 12 }),
);

test('ranks never contradict the order of the texts, whatever they were made for', () => {
  const texts = fc.record({ prefix: text, first: text, last: text, a: text, b: text });
  fc.assert(
    fc.property(texts, ({ prefix, first, last, a, b }) => {
      const ranks = new TextRanks(prefix + first, prefix + last);
      for (const pair of [
        [a, b],
        [prefix + a, prefix + b],
        [prefix + a, b],
      ]) {
        const [before = '', after = ''] = pair.sort((x, y) => (x < y ? -1 : 1));
        expect(ranks.rankOf(before)).toBeLessThanOrEqual(ranks.rankOf(after));
      }
    }),
  );
});

test('what follows a common beginning tells texts apart', () => {
  const ranks = new TextRanks('user:1000', 'user:9999');
  const texts = ['user:', 'user:1', 'user:12345678', 'user:2', 'user:20', 'user:a', 'user:ab'];
  const numbers = ['a', ...texts, 'v'].map((each) => ranks.rankOf(each));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});
