// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useMemo, useRef } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { arrayRows, useReadingPosition, useVirtualList } from './useVirtualList.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const rowPx = 20;

function List({ items }: { readonly items: readonly number[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [position, onMove] = useReadingPosition<number>();
  const rows = useMemo(() => arrayRows(items, (item) => item), [items]);
  const list = useVirtualList({ rows, rowPx, scroller, position, onMove, overscan: 0 });
  return (
    <div ref={scroller} role="list">
      {list.indexes.map((index) => (
        <span key={index}>{items[index]}</span>
      ))}
    </div>
  );
}

const numbers = Array.from({ length: 1000 }, (_, index) => index);

test('rendering a scrolled frame does not ask how high the list is, which lays out the page', () => {
  const height = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(20_000);
  const { rerender } = render(<List items={numbers} />);
  const list = screen.getByRole('list');
  const scrollTo = (topPx: number) =>
    act(() => {
      list.scrollTop = topPx;
      fireEvent.scroll(list);
    });
  scrollTo(200);
  height.mockClear();
  scrollTo(400);
  expect(list.textContent).toMatch(/^20/);
  expect(height).not.toHaveBeenCalled();

  // What is read stays where it is when others come above.
  rerender(<List items={[-1, ...numbers]} />);
  expect(list.scrollTop).toBe(400 + rowPx);
  expect(list.textContent).toMatch(/^20/);
});
