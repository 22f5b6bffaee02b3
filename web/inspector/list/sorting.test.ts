import { expect, test } from 'vitest';
import { holdOf, sortedBy } from './sorting.ts';

test('a column sorts the usual way first, then the other way round', () => {
  const byKeys = sortedBy('keys', { sort: 'name', descending: false });
  expect(byKeys).toEqual({ sort: 'keys', descending: true });
  expect(sortedBy('keys', byKeys)).toEqual({ sort: 'keys', descending: false });
  expect(sortedBy('expires', byKeys)).toEqual({ sort: 'expires', descending: false });
});

test('a reader is held by a row only where rows seldom move', () => {
  expect(holdOf({ sort: 'created', descending: true })).toBe('row');
  expect(holdOf({ sort: 'changed', descending: true })).toBe('place');
});
