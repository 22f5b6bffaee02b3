import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cursorPlace } from './cursorPlace.ts';

/** Where the mark `|` is, and the text that would be replaced there. */
function placeAt(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const place = cursorPlace(text, offset);
  if (!place) return undefined;
  const { literal, ...rest } = place;
  return { ...rest, literal: text.slice(literal.start, literal.end) };
}

test('in a list of keys: command, token, and the names that stand there already', () => {
  expect(placeAt('{"KV_GET":{"keys":["a","b|","c"],"tkn":"{{tkn}}"}}')).toEqual({
    command: 'KV_GET',
    path: ['keys', 1],
    role: 'value',
    literal: '"b"',
    hasColon: false,
    token: '{{tkn}}',
    taken: ['a', 'c'],
  });
});

test('among the names of an object, with and without a value behind', () => {
  expect(placeAt('{"KV_SET":{"tkn":{{tkn}},"keys":{"old":1,"ne|":2}}}')).toMatchObject({
    path: ['keys'],
    role: 'name',
    literal: '"ne"',
    hasColon: true,
    token: '{{tkn}}',
    taken: ['old'],
  });
  expect(placeAt('{"KV_SET":{"keys":{"|"')).toMatchObject({ role: 'name', hasColon: false });
});

test.each([
  ['{"KV_UPDATE":{"key":|}}', ['key'], 'value', ''],
  ['{"KV_UPDATE":{"key": "c|', ['key'], 'value', '"c'],
  ['{"KV_UPDATE":{"key": "c|\n}}', ['key'], 'value', '"c'],
  ['{"SH_INFO":{"tkn":12|}}', ['tkn'], 'value', '12'],
  ['{"SH_INFO":{"tkn":{{t|kn}}}}', ['tkn'], 'value', '{{tkn}}'],
  ['{"SH_INFO":{|', [], 'name', ''],
  ['{"KV_GET":{"keys":[|]}}', ['keys', 0], 'value', ''],
  ['{"KV_GET":{"keys":["a", |]}}', ['keys', 1], 'value', ''],
  ['{"KV_SET":{"keys":{"a":{"deep":"|"}}}}', ['keys', 'a', 'deep'], 'value', '""'],
  // Right before a literal, it is replaced where only one can stand.
  ['{"SH_INFO":{"tkn":|""}}', ['tkn'], 'value', '""'],
  ['{"SH_INFO":{"tkn": |"old"}}', ['tkn'], 'value', '"old"'],
  ['{"SH_INFO":{"tkn":|12}}', ['tkn'], 'value', '12'],
  ['{"SH_INFO":{"tkn":|{{tkn}}}}', ['tkn'], 'value', '{{tkn}}'],
  ['{"SH_INFO":{"tkn":| ""}}', ['tkn'], 'value', ' ""'],
  ['{"SH_INFO":{"tkn":|\n"old"}}', ['tkn'], 'value', ''],
  ['{"KV_GET":{"keys":[|""]}}', ['keys', 0], 'value', '""'],
  ['{"KV_GET":{"keys":[|"a"]}}', ['keys', 0], 'value', ''],
  ['{"KV_GET":{"keys":["a",|""]}}', ['keys', 1], 'value', '""'],
  ['{"KV_SET":{"keys":{|"":1}}}', ['keys'], 'name', '""'],
  ['{"KV_SET":{"keys":{|"a":1}}}', ['keys'], 'name', ''],
  // Anywhere within it the whole literal is.
  ['{"KV_GET":{"keys":["a|b"]}}', ['keys', 0], 'value', '"ab"'],
  ['{"KV_SET":{"keys":{"|ab":1}}}', ['keys'], 'name', '"ab"'],
  // An escaped quote does not close a string.
  ['{"KV_GET":{"keys":["a\\"|', ['keys', 0], 'value', '"a\\"'],
])('at %s', (marked, ...[path, role, literal]) => {
  expect(placeAt(marked)).toMatchObject({ path, role, literal });
});

test.each([
  ['|', 'message', ''],
  ['SH_|', 'message', 'SH_'],
  ['{|}', 'command', ''],
  ['{"|"}', 'command', '""'],
  ['{SH|', 'command', 'SH'],
  ['{"KV_GE|T":{}}', 'command', '"KV_GET"'],
])('a message or the name of its command begins at %s', (marked, role, literal) => {
  expect(placeAt(marked)).toMatchObject({ path: [], role, literal });
});

test.each([
  '{"KV_GET":|{}}',
  '{"KV_GET":{"keys":["a"|]}}',
  '{"KV_GET":{"keys":["a" |]}}',
  '{"KV_GET":{"keys" |:[]}}',
  '{"KV_GET":{}}|',
  '[{"tkn":|}]',
])('nothing of a command begins at %s', (marked) => {
  expect(placeAt(marked)).toBeUndefined();
});

test('of several messages the one at the cursor counts', () => {
  const text =
    '{"SH_INFO":{"tkn":"1"}}\n{"KV_GET":{"tkn":"2","keys":["|"]}}\n{"SH_END":{"tkn":"3"}}';
  expect(placeAt(text)).toMatchObject({ command: 'KV_GET', token: '2' });
});

test('any text and any offset are taken', () => {
  const piece = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'tkn', '{{a}}', '1', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(40), (pieces, offset) => {
      const text = pieces.join('');
      const literal = cursorPlace(text, offset)?.literal ?? { start: offset, end: offset };
      expect(literal.start).toBeLessThanOrEqual(offset);
      expect(literal.end).toBeGreaterThanOrEqual(offset);
    }),
    { numRuns: 2000 },
  );
});
