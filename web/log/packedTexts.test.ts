import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTexts, unpackTexts } from './packedTexts.ts';

const texts = fc.array(fc.string({ unit: 'binary' }));

test('groups of texts come out of a packing as they went in, also empty ones and halves of a sign', () => {
  fc.assert(
    fc.property(fc.array(texts), (groups) => {
      expect(unpackTexts(structuredClone(packTexts(groups)))).toEqual(groups);
    }),
  );
  const groups = [[], ['', ''], ['\ud83d', '\ude00x'], ['x']];
  expect(unpackTexts(structuredClone(packTexts(groups)))).toEqual(groups);
});
