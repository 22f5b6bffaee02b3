import { expect, test } from 'vitest';
import { pathOf } from './pathOf.ts';

test.each([
  [[], '$'],
  [['a', 0, 'b c'], "$['a'][0]['b c']"],
  [["it's", '"q"', '\\', '\n'], String.raw`$['it\'s']['"q"']['\\']['\n']`],
])('%o', (steps, path) => {
  expect(pathOf(steps)).toBe(path);
});
