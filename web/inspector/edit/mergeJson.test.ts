import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { mergeJson } from './mergeJson.ts';

const json = (text: string | undefined) => (text === undefined ? undefined : asJsonText(text));

test.each([
  ['only I changed it', '1', '2', '1', '2', 0],
  ['only they changed it', '1', '1', '3', '3', 0],
  ['both changed it alike', '1', '2', '2', '2', 0],
  ['both changed it', '1', '2', '3', '2', 1],
  ['I removed what they changed', '1', undefined, '3', undefined, 1],
  ['both added it', undefined, '[1]', '[2]', '[1]', 1],
  [
    'different members',
    '{"a":1,"b":1.50}',
    '{"a":2,"b":1.50}',
    '{"a":1,"b":2.50}',
    '{"a":2,"b":2.50}',
    0,
  ],
  ['I added, they removed', '{"a":1,"b":2}', '{"a":1,"b":2,"c":3}', '{"a":1}', '{"a":1,"c":3}', 0],
  [
    'deep down',
    '{"a":{"x":1,"y":1}}',
    '{"a":{"x":2,"y":1}}',
    '{"a":{"x":1,"y":2}}',
    '{"a":{"x":2,"y":2}}',
    0,
  ],
  ['the same member', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":3,"b":3}', '{"a":2,"b":3}', 1],
  ['a member named __proto__', '{}', '{"__proto__":1}', '{"b":1}', '{"b":1,"__proto__":1}', 0],
])('%s', (...row) => {
  const [, base, mine, theirs, value, clashes] = row;
  const merged = mergeJson({ base: json(base), mine: json(mine), theirs: json(theirs) });
  expect(merged).toEqual({ value, clashes });
});
