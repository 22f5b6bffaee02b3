import { expect, test } from 'vitest';
import { maxPrintedRows, printedIndexes } from './printedRows.ts';

const list = (selected: readonly number[], unfolded: readonly number[]) =>
  printedIndexes({
    count: 1000,
    idAt: (index) => index + 1,
    isSelected: (id) => selected.includes(id),
    isUnfolded: (id) => unfolded.includes(id),
  });

test('on paper go the selected rows, else the open ones, else all, wherever they are', () => {
  expect(list([3, 900], [5])).toEqual([2, 899]);
  expect(list([], [5, 999])).toEqual([4, 998]);
  expect(list([], [])).toHaveLength(maxPrintedRows);
});
