import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutScalars, decoded, scalarsIn } from './scalars.ts';

test('every scalar of a message comes with its path', () => {
  const text = '{"KV_SET":{"tkn":7,"keys":{"a":[true,{"b":"x"}]}}}';
  const found: string[] = [];
  for (const { raw, path, isName } of scalarsIn(text)) {
    if (!isName) found.push(`${path.join('/')} ${raw}`);
  }
  expect(found).toEqual(['KV_SET/tkn 7', 'KV_SET/keys/a/0 true', 'KV_SET/keys/a/1/b "x"']);
});

test('a string stands for what JSON.parse reads, and an open one for what is there', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(decoded(JSON.stringify(text))).toBe(text);
    }),
  );
  expect(decoded('"a\\"')).toBe('a"');
  expect(decoded('"a\\\\"')).toBe('a\\');
});

test('cutting nothing out leaves any text as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\a1 \n'.split('')) }), (text) => {
      const pieces = cutScalars(text, ({ raw }) => [raw]);
      expect(pieces.join('')).toBe(text);
    }),
  );
});
