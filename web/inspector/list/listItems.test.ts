import { expect, test } from 'vitest';
import { summary } from '../../../test/web/inspectionPeer.ts';
import { heldBy, itemsOf, partRows } from './listItems.ts';

const items = itemsOf([], [summary('a', 'one'), summary('b', 'two')]);
const part = { from: 10, items, length: 100 };

test('rows that are not here go by their positions', () => {
  const rows = partRows(part, new Map());
  expect([9, 10, 11, 12, 100, -1].map((index) => rows.idAt(index))).toEqual([
    '#9',
    'a',
    'b',
    '#12',
    undefined,
    undefined,
  ]);
  expect(['a', '#9', '#11', 'gone', '#100'].map((id) => rows.indexOf(id))).toEqual([
    10, 9, 11, -1, -1,
  ]);
});

test('a row that was here still counts where nothing else is known', () => {
  const [item] = itemsOf([], [summary('k', 'kept')]);
  if (!item) throw new Error('No row');
  const rows = partRows(part, new Map([['k', { index: 50, item }]]));
  expect(rows.indexOf('k')).toBe(50);
  expect(rows.idAt(50)).toBe('k');
  expect(rows.itemAt(50)).toBe(item);
  // Another row is there now: this one has moved or ended.
  expect(partRows(part, new Map([['k', { index: 11, item }]])).indexOf('k')).toBe(-1);
});

test('a position is held by the row, or by its place where rows move', () => {
  const rows = partRows(part, new Map());
  const at = (anchorId: string) =>
    ({ isFollowing: false, anchorId, offsetPx: 3, seenId: 'a' }) as const;
  expect(heldBy(at('a'), rows, 'row')).toEqual(at('a'));
  expect(heldBy(at('#11'), rows, 'row')).toEqual(at('b'));
  expect(heldBy(at('#50'), rows, 'row')).toEqual(at('#50'));
  expect(heldBy(at('b'), rows, 'place')).toEqual(at('#11'));
  expect(heldBy(at('gone'), rows, 'place')).toEqual(at('gone'));
});

test('groups come before sessions, and none of them has the id of a session', () => {
  const group = { name: 'a', sessions: 2, keys: 3, bytes: 4 };
  expect(itemsOf([group], [summary('a', 'one')]).map(({ id }) => id)).toEqual(['/a', 'a']);
});
