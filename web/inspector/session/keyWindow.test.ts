import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { keyOfRow, rowOfKey, rowOfPlace, sessionRows, shownKeys } from './keyRows.ts';
import { wantedFrom, windowRows } from './keyWindow.ts';

/** Rows of keys `k<from>` on, the first of which is open and has two parts. */
function rowsFrom(from: number, count: number) {
  const value = asJsonText('[1,2]');
  const entries = Array.from({ length: count }, (_, at) => ({
    key: `k${from + at}`,
    length: 5,
    value,
  }));
  const keys = shownKeys(entries, new Map(), () => undefined);
  const open = new Set([rowOfKey(`k${from}`)]);
  return sessionRows(keys, { open, limits: new Map() }, new Map());
}

test('keys that are not listed go by their positions, before and after those that are', () => {
  const rows = windowRows({ rows: rowsFrom(100, 3), before: 100, after: 7 });
  expect(rows.count).toBe(112);
  expect([99, 100, 103, 105, 112, -1].map((index) => rows.idAt(index))).toEqual([
    '#99',
    '$/4:k100',
    '$/4:k101',
    '#105',
    undefined,
    undefined,
  ]);
  expect(['$/4:k101', '#99', '#105', '#112', '$/2:k1'].map((id) => rows.indexOf(id))).toEqual([
    103, 99, 105, -1, -1,
  ]);
});

test('others are wanted before somebody comes to them, around what is on screen', () => {
  const part = { rows: rowsFrom(5_000, 2_000), before: 5_000, after: 3_000 };
  const wanted = (first: number) => wantedFrom(part, [first, first + 20], 2_000);
  expect(wanted(6_000)).toBeUndefined();
  expect(wanted(5_050)).toBe(4_060);
  expect(wanted(100)).toBe(0);
  expect(wanted(6_900)).toBe(5_910);
  // Two of the rows above are parts of a value.
  expect(wanted(8_500)).toBe(7_508);
  expect(wanted(9_900)).toBe(8_000);
});

test('of a session whose keys are all listed none are wanted', () => {
  expect(wantedFrom({ rows: rowsFrom(0, 3), before: 0, after: 0 }, [0, 4], 2_000)).toBeUndefined();
});

test.each(['', 'a', 'a/b', '12:x', '$/1:a'])('the key of a row is read from its id: %j', (key) => {
  expect(keyOfRow(rowOfKey(key))).toBe(key);
  expect(keyOfRow(rowOfPlace({ key, steps: ['x/y', 3] }))).toBe(key);
  expect(keyOfRow('#5')).toBeUndefined();
});

test('an edit of a key that is not listed is not shown as a new key', () => {
  const edit = (key: string, base?: string) =>
    [
      key,
      { key, base: base === undefined ? base : asJsonText(base), value: asJsonText('2') },
    ] as const;
  const edits = new Map([edit('far', '1'), edit('new')]);
  const shown = shownKeys([], edits, () => undefined);
  expect(shown.map(({ key, state }) => [key, state])).toEqual([['new', 'added']]);
});
