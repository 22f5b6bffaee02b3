import { expect, test } from 'vitest';
import { readPath, stepsOfPath } from './parsePath.ts';

test.each([
  ['', 0],
  ['a', 0],
  ['$.', 2],
  ['$.a b', 3],
  ['$[', 2],
  ["$['a'", 5],
  ['$[?@.n >]', 8],
  ['$.a[01]', 5],
  [`$.${'a'.repeat(70_000)}`, 65_536],
])('%j is no path from character %i on', (text, at) => {
  expect(readPath(text)).toMatchObject({ ok: false, refusal: { at } });
});

test.each([
  ['$', []],
  [String.raw`$['a'][0]['it\'s']`, ['a', 0, "it's"]],
  ['$.*', undefined],
  ['$..a', undefined],
  ['$[0,1]', undefined],
  ['nonsense', undefined],
])('%s leads to one place: %o', (text, steps) => {
  expect(stepsOfPath(text)).toEqual(steps);
});
