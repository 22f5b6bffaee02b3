import { expect, test } from 'vitest';
import { summary } from '../../../test/web/inspectionPeer.ts';
import { turnIn } from './groupKeys.ts';
import { itemsOf, type ListItem } from './listItems.ts';

const group = (name: string, at: number) => ({ name, at, sessions: 1, keys: 0, bytes: 0 });
const items = itemsOf({
  groups: [group('a:', 0), group('a:b:', 1), group('c:', 4)],
  sessions: [summary('1', 'a:b:one'), summary('2', 'a:two'), summary('3', 'three')],
  query: { separator: ':' },
});
const open = ['a:', 'a:b:'];
const rows = { count: items.length, itemAt: (index: number): ListItem | undefined => items[index] };

test.each([
  {
    title: 'a closed group opens',
    key: 'ArrowRight',
    index: 4,
    turn: { kind: 'toggle', group: 'c:' },
  },
  {
    title: 'into an open one goes the next row',
    key: 'ArrowRight',
    index: 0,
    turn: { kind: 'go', to: 1 },
  },
  { title: 'a session has nothing to open', key: 'ArrowRight', index: 2, turn: undefined },
  {
    title: 'an open group closes',
    key: 'ArrowLeft',
    index: 1,
    turn: { kind: 'toggle', group: 'a:b:' },
  },
  { title: 'from a session to its group', key: 'ArrowLeft', index: 2, turn: { kind: 'go', to: 1 } },
  {
    title: 'past groups that it is not in',
    key: 'ArrowLeft',
    index: 3,
    turn: { kind: 'go', to: 0 },
  },
  { title: 'a closed group at the top has none', key: 'ArrowLeft', index: 4, turn: undefined },
  { title: 'a session in no group has none', key: 'ArrowLeft', index: 5, turn: undefined },
] as const)('$title', ({ key, index, turn }) => {
  expect(turnIn(key, index, { rows, open })).toEqual(turn);
});

test('the group of a row that is not here is not guessed', () => {
  const part = { ...rows, itemAt: (index: number) => (index === 3 ? items[3] : undefined) };
  expect(turnIn('ArrowLeft', 3, { rows: part, open })).toBeUndefined();
});
