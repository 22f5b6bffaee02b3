// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rowHeightPx } from '../ui/rowHeights.ts';
import type { ListRows } from '../ui/virtualList/readingPosition.ts';
import { LiveTable, type Column } from './LiveTable.tsx';

const rowCount = 1000;
const shownRows = 10;
const headPx = rowHeightPx + 1;

beforeEach(() => {
  const height = shownRows * rowHeightPx + headPx;
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height);
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const rows: ListRows<number> = {
  count: rowCount,
  idAt: (index) => (index >= 0 && index < rowCount ? index : undefined),
  indexOf: (id) => id,
};
const columns: readonly Column<number>[] = [
  { id: 'name', name: 'Name', width: '1fr', cell: (item) => `row ${item}` },
];

test('rows on screen are asked for while one far away has the focus', () => {
  const onShown = vi.fn<(first: number, last: number) => void>();
  render(
    <LiveTable
      label="Rows"
      {...{ columns, rows, onShown }}
      itemAt={(index) => index}
      nameOf={(item) => `row ${item}`}
      openId={undefined}
      onOpen={() => {}}
    />,
  );
  expect(onShown).toHaveBeenLastCalledWith(0, shownRows - 1);
  act(() => screen.getByRole('button', { name: 'row 0' }).focus());
  const table = screen.getByRole('table', { name: 'Rows' });
  act(() => {
    table.scrollTop = 500 * rowHeightPx;
    fireEvent.scroll(table);
  });
  expect(screen.getByRole('button', { name: 'row 0' })).toBe(document.activeElement);
  expect(onShown).toHaveBeenLastCalledWith(500, 500 + shownRows - 1);
});

test('rows stay while one of them is pressed, and for two seconds at most', () => {
  vi.useFakeTimers();
  const onOpen = vi.fn<(id: number) => void>();
  const table = (firstId: number) => (
    <LiveTable
      label="Rows"
      columns={columns}
      rows={{ count: 2, idAt: (index) => firstId + index, indexOf: (id) => id - firstId }}
      itemAt={(index) => firstId + index}
      nameOf={(item) => `row ${item}`}
      openId={undefined}
      onOpen={onOpen}
    />
  );
  const { rerender } = render(table(0));
  const names = () => screen.getAllByRole('button').map((button) => button.textContent);
  const press = (button: number) =>
    fireEvent.pointerDown(screen.getAllByRole('button')[0] ?? window, { button });
  press(0);
  rerender(table(1));
  expect(names()).toEqual(['row 0', 'row 1']);
  fireEvent.pointerUp(window);
  fireEvent.click(screen.getByRole('button', { name: 'row 0' }));
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(0);
  act(() => void vi.runAllTimers());
  expect(names()).toEqual(['row 1', 'row 2']);

  press(0);
  rerender(table(2));
  act(() => void vi.advanceTimersByTime(1_999));
  expect(names()).toEqual(['row 1', 'row 2']);
  act(() => void vi.advanceTimersByTime(1));
  expect(names()).toEqual(['row 2', 'row 3']);
  // The other buttons open menus.
  press(2);
  rerender(table(3));
  expect(names()).toEqual(['row 3', 'row 4']);
});
