import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { StagedEdit } from '../edit/stagedEdits.ts';
import { placeOf, rowOfKey, sessionRows, shownKeys } from './keyRows.ts';

const entry = (key: string, text: string) => ({
  key,
  length: text.length,
  value: asJsonText(text),
});
const entries = [entry('a', '1'), entry('b', '{"x":[1,2]}'), { key: 'long', length: 70_000 }];

function shown(...edits: (Pick<StagedEdit, 'key'> & { base?: string; value?: string })[]) {
  const staged = edits.map(({ key, base, value }): [string, StagedEdit] => [
    key,
    {
      key,
      base: base === undefined ? base : asJsonText(base),
      value: value === undefined ? value : asJsonText(value),
    },
  ]);
  const live = (key: string) => {
    const found = entries.find((each) => each.key === key);
    return {
      isThere: found !== undefined,
      value: found && 'value' in found ? found.value : undefined,
    };
  };
  return shownKeys(entries, new Map(staged), live);
}

test('keys are shown with their edits, added ones last, and say what is the matter', () => {
  const keys = shown(
    { key: 'new', value: 'true' },
    { key: 'a', base: '1', value: '2' },
    { key: 'b', base: '{}', value: '[]' },
    { key: 'long', base: '"long"' },
    { key: 'gone', base: '1' },
  );
  expect(keys.map(({ key, value, state }) => [key, value, state])).toEqual([
    ['a', '2', 'changed'],
    ['b', '[]', 'conflict'],
    ['long', undefined, 'removed'],
    ['new', 'true', 'added'],
  ]);
});

test('a key is a row, and what is in an open one follows it', () => {
  const open = new Set([rowOfKey('b'), `${rowOfKey('b')}/1:x`]);
  const rows = sessionRows(shown(), { open, limits: new Map() }, new Map());
  expect(rows.map((row) => [row.depth, placeOf(row)])).toEqual([
    [0, { key: 'a', steps: [] }],
    [0, { key: 'b', steps: [] }],
    [1, { key: 'b', steps: ['x'] }],
    [2, { key: 'b', steps: ['x', 0] }],
    [2, { key: 'b', steps: ['x', 1] }],
    [0, { key: 'long', steps: [] }],
  ]);
});

test('the parts of a value that has changed are read again', () => {
  const state = { open: new Set([rowOfKey('b')]), limits: new Map() };
  const known = new Map();
  const jsons = (value?: string) =>
    sessionRows(
      shown(...(value === undefined ? [] : [{ key: 'b', base: '{"x":[1,2]}', value }])),
      state,
      known,
    )
      .filter(({ depth }) => depth === 1)
      .map((row) => 'json' in row && row.json);
  expect(jsons()).toEqual(['[1,2]']);
  expect(jsons('{"x":7}')).toEqual(['7']);
});
