import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rightNames as ofContract } from '../../protocol/inspection/rights.ts';
import { inspectionOf, readInspectionKeys, rightNames } from './inspectionKeys.mjs';

const key = 'a key of sixteen characters';
const sha256 = createHash('sha256').update(key).digest('hex');
const other = createHash('sha256').update('another').digest('hex');

const read = (text: string) => readInspectionKeys('keys.json', () => text);

test('the rights are those of the contract, in its order', () => {
  expect(rightNames).toEqual(ofContract);
});

test('keys are given by their hash, or whole, with rights and a prefix', () => {
  const text = `{ "keys": [ // who may look
    { "name": "support", "sha256": "${other.toUpperCase()}", "rights": ["values", "look"], "prefix": "shop-" },
    { "name": "ops@example.com", "key": "${key}", "rights": ["end", "look", "audit", "change"] }
  ] }`;
  expect(read(text)).toEqual([
    { name: 'support', sha256: other, rights: { may: ['look', 'values'], prefix: 'shop-' } },
    {
      name: 'ops@example.com',
      sha256,
      rights: { may: ['look', 'change', 'end', 'audit'], prefix: '' },
    },
  ]);
  expect(read('{"keys":[]}')).toEqual([]);
});

const entry = (members: string) => `{"keys":[{${members}}]}`;
const good = `"name":"a","sha256":"${sha256}","rights":[]`;

test.each([
  ['', 'keys.json: line 1: value expected'],
  ['[]', 'keys.json must have an object'],
  ['{"keys":{}}', 'keys.json: keys must be an array'],
  ['{"keys":[],"version":1}', 'got "version"'],
  ['{"keys":["a"]}', 'keys.json: keys[0] must be an object'],
  [entry(`${good},"right":[]`), 'keys[0] has no member "right"'],
  [entry(`"name":"","sha256":"${sha256}","rights":[]`), 'keys[0].name must be 1 to 64'],
  [entry(`"name":"a b","sha256":"${sha256}","rights":[]`), 'keys[0].name must be 1 to 64'],
  [entry('"name":"a","rights":[]'), 'keys[0] must have either sha256 or key'],
  [entry(`${good},"key":"${key}"`), 'keys[0] must have either sha256 or key'],
  [entry(`"name":"a","sha256":"${sha256.slice(1)}","rights":[]`), 'must be 64 hexadecimal digits'],
  [entry('"name":"a","key":"short","rights":[]'), 'keys[0].key must have at least 16 characters'],
  [entry(`"name":"a","sha256":"${sha256}"`), 'keys[0].rights must be an array of look, values'],
  [entry(`"name":"a","sha256":"${sha256}","rights":["edit"]`), 'audit, got "edit"'],
  [entry(`${good},"prefix":5`), 'keys[0].prefix must be a text'],
  [`{"keys":[{${good}},{${good.replace(sha256, other)}}]}`, 'two keys are named "a"'],
  [`{"keys":[{${good}},{${good.replace('"a"', '"b"')}}]}`, '"a" and "b" are the same key'],
])('%s is refused: %s', (text, line) => {
  expect(() => read(text)).toThrow(line);
  expect(() => read(text)).not.toThrow(/\n/);
});

test('a refusal never shows a key', () => {
  const text = entry(`"name":"a","key":"${key}","rights":["look"],"nope":1`);
  expect(() => read(text)).not.toThrow(key);
});

test('keys with names stand alone, beside the single key, or not beside --no-inspect', () => {
  const files = (path: string) => (path === 'keys.json' ? '{"keys":[]}' : key);
  const named = { file: 'keys.json', keys: [] };
  const values = { noInspect: false, inspectKeyFile: undefined, inspectKeys: 'keys.json' };
  expect(inspectionOf(values, files)).toEqual({ kind: 'key', key: undefined, named });
  expect(inspectionOf({ ...values, inspectKeyFile: 'key.txt' }, files)).toEqual({
    kind: 'key',
    key,
    named,
  });
  expect(() => inspectionOf({ ...values, noInspect: true }, files)).toThrow(
    '--no-inspect and --inspect-keys exclude each other',
  );
});
