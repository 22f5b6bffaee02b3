import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DigitIndex } from './digitIndex.ts';

// Few digits and one of each start, so that tokens share starts, overlap and hold one another.
const someDigits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom('1', '1', '1', '2', '0'), minLength, maxLength });

test('the longest token at each place is found, like by trying all of them', () => {
  const tokens = fc.array(someDigits(8, 20), { maxLength: 20 });
  fc.assert(
    fc.property(
      tokens,
      tokens,
      fc.array(
        fc.oneof(
          someDigits(0, 9),
          tokens.map((each) => each.join('')),
        ),
      ),
      (kept, dropped, parts) => {
        const index = new DigitIndex();
        for (const token of [...kept, ...dropped]) index.add(token);
        for (const token of dropped) index.delete(token);
        const text = parts.join('');
        const found: string[] = [];
        const known = new Set(kept);
        index.findIn(
          text,
          (each) => known.has(each),
          (at, token) => found.push(`${at} ${token}`),
        );
        const longestFirst = [...known].toSorted((a, b) => b.length - a.length);
        const expected = text.split('').flatMap((_, at) => {
          const token = longestFirst.find((each) => text.startsWith(each, at));
          return token === undefined ? [] : [`${at} ${token}`];
        });
        expect(found).toEqual(expected);
      },
    ),
  );
});
