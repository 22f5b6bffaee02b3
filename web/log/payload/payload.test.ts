import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { bytesAsBase64, bytesAsHex, hexRows } from './hexRows.ts';
import { mapRanges } from './mapRanges.ts';
import { partsAtATime, rootId, rowActed, treeRows, type TreeState } from '../../ui/jsonTree.ts';

const big = '14247375118774737462';

test('regression 1: a tree shows and copies every digit, and says what JavaScript would read', () => {
  const json = asJsonText(`{"n":[${big},1.0,1e400,-0]}`);
  const state: TreeState = { open: new Set([rootId, '$/1:n']), limits: new Map() };
  const values = treeRows(json, state, new Map()).flatMap((row) =>
    row.type === 'node' ? [row.json] : [],
  );
  expect(values.slice(2)).toEqual([big, '1.0', '1e400', '-0']);
});

test('a tree looks only into what is open, and shows a thousand parts at a time', () => {
  const json = asJsonText(`{"list":[${Array.from({ length: 2500 }, (_, at) => at).join(',')}]}`);
  let state: TreeState = { open: new Set([rootId]), limits: new Map() };
  const known = new Map();
  const rows = () => treeRows(json, state, known);
  const press = (index: number) => {
    const row = rows().at(index);
    if (row) state = rowActed(state, row);
  };
  expect(rows()).toHaveLength(2);
  press(1);
  expect(rows()).toHaveLength(2 + partsAtATime + 1);
  press(-1);
  press(-1);
  expect(rows()).toHaveLength(2 + 2500);
  press(1);
  expect(rows()).toHaveLength(2);
});

test('names with slashes and indexes do not get mixed up in a tree', () => {
  const json = asJsonText('{"a/0":[1],"a":{"0":[2]},"0":[3],"__proto__":[4]}');
  const closed = treeRows(json, { open: new Set([rootId]), limits: new Map() }, new Map());
  const open = new Set(closed.map(({ id }) => id));
  const ids = treeRows(json, { open, limits: new Map() }, new Map()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a tree has each of several members of one name, and marks the later ones', () => {
  const read = readJsonAsWritten('{"a":1, "a":{"b":2}, "a#1":3}');
  if (!read.ok) throw new Error(read.refusal.message);
  const closed = treeRows(read.value, { open: new Set([rootId]), limits: new Map() }, new Map());
  const open = new Set(closed.map(({ id }) => id));
  const rows = treeRows(read.value, { open, limits: new Map() }, new Map());
  const nodes = rows.flatMap((row) => (row.type === 'node' ? [row] : []));
  expect(nodes.map(({ label, isRepeated, json }) => [label, isRepeated, json])).toEqual([
    [undefined, false, '{"a":1,"a":{"b":2},"a#1":3}'],
    ['a', false, '1'],
    ['a', true, '{"b":2}'],
    ['b', false, '2'],
    ['a#1', false, '3'],
  ]);
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
});

test('bytes are shown with offset, hex and text, and copied without loss', () => {
  const bytes = Uint8Array.from({ length: 40_000 }, (_, at) => (at * 7) % 256);
  expect(hexRows(new TextEncoder().encode('{"SH_NEW":{}} and \u0001'), 4096)).toEqual([
    {
      offset: '00000000',
      hex: '7b 22 53 48 5f 4e 45 57 22 3a 7b 7d 7d 20 61 6e',
      text: '{"SH_NEW":{}} an',
    },
    { offset: '00000010', hex: '64 20 01', text: 'd .' },
  ]);
  expect(hexRows(bytes, 4096)).toHaveLength(256);
  expect(Buffer.from(bytesAsHex(bytes), 'hex').equals(bytes)).toBe(true);
  expect(Buffer.from(bytesAsBase64(bytes), 'base64').equals(bytes)).toBe(true);
});

test('a match is marked at the same characters when the JSON is laid out', () => {
  const json = fc
    .json({ maxDepth: 3 })
    .filter((text) => text.length > 2 && !/"__proto__"/.test(text));
  fc.assert(
    fc.property(json, fc.nat(), fc.nat(), (text, from, length) => {
      const start = from % text.length;
      const end = Math.min(text.length, start + 1 + (length % 10));
      const pretty = prettyJson(text);
      const [range] = mapRanges(text, pretty, [{ start, end }]);
      const squeeze = (part: string) => part.replace(/\s/g, '');
      expect(squeeze(pretty.slice(range?.start, range?.end))).toBe(squeeze(text.slice(start, end)));
    }),
  );
});
