import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { findMismatch, readPattern } from './pattern.ts';

function mismatchOf(pattern: string, json: string) {
  const read = readPattern(asJsonText(pattern));
  if (!read.ok) throw new Error(read.refusal);
  return findMismatch(read.value, asJsonText(json));
}

test.each([
  ['1', '1'],
  ['"\\u0061"', '"a"'],
  ['{}', '{"a":1}'],
  ['{"a":{"b":1}}', '{"x":0,"a":{"b":1,"c":2}}'],
  ['[1,{"$any":"string"}]', '[1,"x"]'],
  ['{"$any":"value"}', 'null'],
  ['{"$any":"number"}', '14247375118774737462'],
  ['{"$atLeast":1}', '14247375118774737462'],
  ['{"$oneOf":[20,21]}', '21'],
  ['{"$not":null}', 'false'],
  ['{"__proto__":1}', '{"__proto__":1}'],
])('%s takes %s', (pattern, json) => {
  expect(mismatchOf(pattern, json)).toBeUndefined();
});

test.each([
  ['14247375118774737462', '14247375118774737463', '', '14247375118774737462'],
  ['1', '"1"', '', '1'],
  ['{"a":{"b":1}}', '{"a":{"b":2}}', 'a.b', '1'],
  ['{"a":{"b":1}}', '{"a":[]}', 'a', 'an object'],
  ['{"a":[1]}', '{"a":[1,2]}', 'a', 'an array of 1'],
  ['{"a":[1,2]}', '{"a":[1,3]}', 'a[1]', '2'],
  ['{"$any":"string"}', '1', '', 'a string'],
  ['{"$atLeast":1}', '0', '', '1 or more'],
  ['{"$atLeast":1}', '"2"', '', '1 or more'],
  ['{"$oneOf":[20,21]}', '23', '', '20 or 21'],
  ['{"$not":null}', 'null', '', 'anything but null'],
])('%s does not take %s, and says so', (pattern, json, ...[path, expected]) => {
  expect(mismatchOf(pattern, json)).toMatchObject({ path, expected });
});

test('a missing member is no match, not even for "not"', () => {
  expect(mismatchOf('{"a":{"$not":null}}', '{}')).toEqual({
    path: 'a',
    expected: 'anything but null',
    found: undefined,
  });
});

test('the found value is shown as it is, digit for digit', () => {
  expect(mismatchOf('{"tkn":1}', '{"tkn":14247375118774737462}')?.found).toBe(
    '14247375118774737462',
  );
});
