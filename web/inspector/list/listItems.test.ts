import { expect, test } from 'vitest';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { summary } from '../../../test/web/inspectionPeer.ts';
import { heldBy, itemsOf, partRows } from './listItems.ts';

const listed = (...sessions: SessionSummary[]) => itemsOf({ groups: [], sessions, query: {} });
const items = listed(summary('a', 'one'), summary('b', 'two'));
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
  const [item] = listed(summary('k', 'kept'));
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

test('groups are among sessions where the server has put them, and none has the id of a session', () => {
  const group = (name: string, at: number) => ({ name, at, sessions: 2, keys: 3, bytes: 4 });
  const groups = [group('a:', 0), group('a:b:', 1), group('c:', 4)];
  const sessions = [summary('1', 'a:b:one'), summary('2', 'a:two'), summary('a:', 'three')];
  const rows = itemsOf({ groups, sessions, query: { separator: ':' } });
  expect(rows.map(({ id, depth, ownFrom }) => [id, depth, ownFrom])).toEqual([
    ['/a:', 0, 0],
    ['/a:b:', 1, 2],
    ['1', 2, 4],
    ['2', 1, 2],
    ['/c:', 0, 0],
    ['a:', 0, 0],
  ]);
  const inPrefix = itemsOf({ groups: [], sessions, query: { separator: ':', prefix: 'a:' } });
  expect(inPrefix.map(({ depth }) => depth)).toEqual([1, 0, 0]);
});

test('a row that has not changed stays the same object, unless its place in the tree does', () => {
  const sessions = [summary('1', 'a:one')];
  const first = itemsOf({ groups: [], sessions, query: {} });
  expect(itemsOf({ groups: [], sessions, query: {} }, first)[0]).toBe(first[0]);
  const [grouped] = itemsOf({ groups: [], sessions, query: { separator: ':' } }, first);
  expect(grouped).toMatchObject({ depth: 1, ownFrom: 2 });
});
