import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { partAt, withName, withNewPart, withoutPart, withPart } from './jsonParts.ts';

const json = asJsonText('{"a":1.50,"b":[{"n":9007199254740993},[],{}],"\\u0063":"x,]"}');

test('a part is found by names and indices', () => {
  expect(partAt(json, [])).toBe(json);
  expect(partAt(json, ['b', 0, 'n'])).toBe('9007199254740993');
  expect(partAt(json, ['c'])).toBe('"x,]"');
  for (const steps of [['d'], ['b', 3], ['b', '0'], ['a', 0], ['__proto__']]) {
    expect(partAt(json, steps)).toBeUndefined();
  }
});

test('another value takes its place, and all else keeps its digits and escapes', () => {
  expect(withPart(json, ['b', 0, 'n'], asJsonText('1e400'))).toBe(
    '{"a":1.50,"b":[{"n":1e400},[],{}],"\\u0063":"x,]"}',
  );
  expect(withPart(json, [], asJsonText('1'))).toBe('1');
  expect(withPart(json, ['nope'], asJsonText('1'))).toBeUndefined();
});

test('a part is taken out, the first, one between and the last', () => {
  expect(withoutPart(json, ['a'])).toBe('{"b":[{"n":9007199254740993},[],{}],"\\u0063":"x,]"}');
  expect(withoutPart(json, ['b', 1])).toBe(
    '{"a":1.50,"b":[{"n":9007199254740993},{}],"\\u0063":"x,]"}',
  );
  expect(withoutPart(json, ['c'])).toBe('{"a":1.50,"b":[{"n":9007199254740993},[],{}]}');
  expect(withoutPart(asJsonText('[1]'), [0])).toBe('[]');
  expect(withoutPart(json, ['b', 7])).toBeUndefined();
});

test('a member gets another name in its place, but none that another has', () => {
  expect(withName(asJsonText('{"a":1,"b":2}'), ['a'], 'x"')).toBe('{"x\\"":1,"b":2}');
  expect(withName(asJsonText('{"a":1,"b":2}'), ['a'], 'b')).toBeUndefined();
  expect(withName(asJsonText('{"a":1}'), ['a'], 'a')).toBe('{"a":1}');
  expect(withName(asJsonText('[1]'), [0], 'a')).toBeUndefined();
});

test('a new part comes last', () => {
  const value = asJsonText('true');
  expect(withNewPart(json, ['b', 1], { name: '', value })).toBe(json.replace('[]', '[true]'));
  expect(withNewPart(json, ['b', 2], { name: 'k', value })).toBe(json.replace('{}', '{"k":true}'));
  expect(withNewPart(asJsonText('{"a":1}'), [], { name: 'b', value })).toBe('{"a":1,"b":true}');
  expect(withNewPart(json, [], { name: 'c', value })).toBeUndefined();
  expect(withNewPart(json, ['a'], { name: 'k', value })).toBeUndefined();
});
