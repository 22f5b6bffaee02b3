import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { maxCellLength, maxColumns, tableOf } from '../../ui/tableOf.ts';
import { maxTables, tablesIn } from './tablesIn.ts';
import { maxTabledLength, payloadOf } from './usePayload.ts';

function read(text: string): JsonText {
  const json = readJson(text);
  if (!json.ok) throw new Error(`Not JSON: ${text}`);
  return json.value;
}

const pathsIn = (text: string) => tablesIn(read(text)).map(({ path }) => path);
const textsIn = (text: string, maxRows = 500) =>
  tableOf(read(text), maxRows).rows.map(({ cells }) => cells.map((cell) => cell?.text));

const numberText = fc.oneof(
  fc.bigInt().map(String),
  fc
    .tuple(fc.bigInt(), fc.stringMatching(/^\d{1,30}$/), fc.constantFrom('', 'e5', 'E+400', 'e-7'))
    .map(([whole, fraction, exponent]) => `${whole}.${fraction}${exponent}`),
  fc.constantFrom('-0', '1e400', '14247375118774737462'),
);

test('property: a number in a cell has each of its digits', () => {
  const row = fc.record({ a: numberText, b: numberText }, { requiredKeys: ['a'] });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const json = rows.map(({ a, b }) => `{"a":${a}${b === undefined ? '' : `,"b":${b}`}}`);
      const found = textsIn(`[${json.join(',')}]`).map(([a, b]) => [a, b]);
      expect(found).toEqual(rows.map(({ a, b }) => [a, b]));
    }),
  );
});

test('property: a nested value is shortened, never within a number', () => {
  fc.assert(
    fc.property(fc.array(numberText, { minLength: 1, maxLength: 40 }), (numbers) => {
      const [[text = ''] = []] = textsIn(`[{"a":[${numbers.join(',')}]},{}]`);
      expect(text.length).toBeLessThanOrEqual(maxCellLength + 1);
      for (const [shown] of text.matchAll(/[^[\],…]+/g)) expect(numbers).toContain(shown);
    }),
  );
});

test('a table is an array or object that holds two or more objects and nothing else', () => {
  expect(pathsIn('[{"a":1},{"a":2}]')).toEqual(['$']);
  expect(pathsIn('{"KV_FIND_RSP":{"st":1,"keys":{"x":{"a":1},"y":{"b":2}}}}')).toEqual([
    '$.KV_FIND_RSP.keys',
  ]);
  for (const none of ['[{"a":1}]', '[{"a":1},2]', '[{},{}]', '{"a":{"b":1}}', '[[1],[2]]', '7']) {
    expect(pathsIn(none)).toEqual([]);
  }
});

test('of several tables the outermost comes first, and names that are no words stand in quotes', () => {
  const rows = '[{"n":1},{"n":2}]';
  expect(pathsIn(`{"deep":{"a b":${rows}},"__proto__":${rows},"list":[0,${rows}]}`)).toEqual([
    '$.__proto__',
    '$.deep["a b"]',
    '$.list[1]',
  ]);
  const [path = ''] = pathsIn(`{"${'x'.repeat(500)}":${rows}}`);
  expect(path.length).toBeLessThan(60);
});

test('the search for tables is bounded in number, depth and parts', () => {
  const rows = '[{"n":1},{"n":2}]';
  const many = Array.from({ length: maxTables + 5 }, (_, n) => `"t${n}":${rows}`);
  expect(pathsIn(`{${many.join(',')}}`)).toHaveLength(maxTables);
  expect(pathsIn(`${'['.repeat(500)}${rows}${']'.repeat(500)}`)).toEqual([]);
  // What stands behind more parts than are looked at is not found; a list so long is.
  const long = Array.from({ length: 30_000 }, () => '{"n":1}').join(',');
  expect(pathsIn(`{"long":[${long}],"after":{"rows":${rows}}}`)).toEqual(['$.long']);
});

test('columns stand in the order of their first appearance, and what a row lacks stays empty', () => {
  const text = '[{"b":1,"a":null},{"__proto__":"x","a":2}]';
  const { columns } = tableOf(read(text), 500);
  expect(columns).toEqual(['b', 'a', '__proto__']);
  expect(textsIn(text)).toEqual([
    ['1', 'null', undefined],
    [undefined, '2', '"x"'],
  ]);
});

test('members and rows of one name all stand in the table', () => {
  const { tables } = payloadOf({
    text: '{"x":{"a":1,"a":2},"x":{"b":3,"a":4}}',
    name: '',
    binary: undefined,
  });
  const [part] = tables;
  const { columns, rows } = tableOf(part?.json ?? read('[]'), 500);
  expect(columns).toEqual(['a', 'a', 'b']);
  expect(rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell?.text)])).toEqual([
    ['x', '1', '2', undefined],
    ['x', '4', undefined, '3'],
  ]);
});

test('columns and rows are bounded, and the table says how many there are', () => {
  const members = Array.from({ length: maxColumns + 3 }, (_, n) => `"c${n}":${n}`).join(',');
  const table = tableOf(read(`{"x":{${members}},"y":{},"z":{"late":1}}`), 2);
  expect(table.columns).toHaveLength(maxColumns);
  expect(table.hiddenColumns).toBe(3);
  expect(table.rows.map(({ label }) => label)).toEqual(['x', 'y']);
  expect(table.rowCount).toBe(3);
});

test('long strings are shortened, between two characters', () => {
  const long = `${'x'.repeat(maxCellLength - 2)}😀 and more`;
  const [[text = ''] = []] = textsIn(`[{"a":"${long}"},{}]`);
  expect(text).toBe(`"${'x'.repeat(maxCellLength - 2)}…`);
});

test('Table is offered only where there is one, and not in payloads too long to be read unasked', () => {
  const viewsOf = (text: string, name = 'X') => payloadOf({ text, name, binary: undefined }).views;
  expect(viewsOf('[{"a":1},{"a":2}]')).toEqual(['pretty', 'tree', 'table', 'raw']);
  expect(viewsOf('{"SH_NEW_RSP":{"st":1}}')).toEqual(['pretty', 'tree', 'raw']);
  const rowsOf = (count: number) =>
    `[${Array.from({ length: count }, () => `{"a":"${'x'.repeat(100)}"}`).join(',')}]`;
  expect(viewsOf(rowsOf(3000))).toEqual(['tree', 'table', 'raw']);
  expect(viewsOf(rowsOf(maxTabledLength / 100))).toEqual(['tree', 'raw']);
});
