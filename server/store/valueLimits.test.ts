import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { isStorable, isTooLong, maxValueBytes, maxValueDepth } from './valueLimits.ts';

test.each(['x', 'ü', '€', '🎉'])(
  'a value of %s may have 64 MiB of UTF-8, and no byte more',
  (sign) => {
    const bytes = Buffer.byteLength(sign);
    const rest = 'x'.repeat(maxValueBytes % bytes);
    const longest = sign.repeat(Math.floor(maxValueBytes / bytes));
    expect(isTooLong([longest, rest])).toBe(false);
    expect(isTooLong([longest, rest, 'x'])).toBe(true);
  },
);

test('a value may have 1,022 levels, and not one more', () => {
  const nested = (depth: number) => asJsonText('['.repeat(depth) + ']'.repeat(depth));
  expect(isStorable(nested(maxValueDepth))).toBe(true);
  expect(isStorable(nested(maxValueDepth + 1))).toBe(false);
});
