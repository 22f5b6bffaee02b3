import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTexts, placesWhere } from './packedTexts.ts';

// Few signs, so that much is found; two of them are halves of one.
const unit = fc.constantFrom('a', 'b', '\ud83d', '\ude00');
const groups = fc.array(fc.array(fc.string({ unit, maxLength: 5 })));

test('groups of texts come out of a packing as they went in, also empty ones and halves of a sign', () => {
  fc.assert(
    fc.property(groups, (packed) => {
      const texts: string[] = [];
      placesWhere(structuredClone(packTexts(packed)), (text) => {
        texts.push(text);
        return false;
      });
      expect(texts).toEqual(packed.flat());
    }),
  );
});

test('a group is found by any of its texts, and by no part of two', () => {
  fc.assert(
    fc.property(groups, fc.string({ unit, maxLength: 2 }), (packed, needle) => {
      const hasNeedle = (text: string) => text.includes(needle);
      const expected = [...packed.keys()].filter((place) => packed[place]?.some(hasNeedle));
      expect(placesWhere(structuredClone(packTexts(packed)), hasNeedle)).toEqual(expected);
    }),
  );
  const packed = packTexts([['a', 'b'], [], ['ab', ''], ['']]);
  expect(placesWhere(packed, (text) => text.includes('ab'))).toEqual([2]);
  expect(placesWhere(packed, (text) => text === '')).toEqual([2, 3]);
});
