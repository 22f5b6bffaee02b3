// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ListRows } from './readingPosition.ts';
import { arrayRows, useReadingPosition, useVirtualList } from './useVirtualList.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

type VirtualList = ReturnType<typeof useVirtualList<number>>;

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

/** More rows than an element can be high for. */
const millions: ListRows<number> = {
  count: 3_000_000,
  idAt: (index) => (index < 3_000_000 ? index : undefined),
  indexOf: (id) => id,
};
const viewPx = 400;

function Millions({ onList }: { readonly onList: (list: VirtualList) => void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [position, onMove] = useReadingPosition<number>();
  const list = useVirtualList({ rows: millions, rowPx, scroller, position, onMove });
  useLayoutEffect(() => {
    onList(list);
  });
  return <div ref={scroller} role="list" />;
}

test('of millions of rows each is reached by scrolling, and stands where the list is scrolled to', () => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(viewPx);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(12_000_000);
  let shown: VirtualList | undefined;
  render(
    <Millions
      onList={(list) => {
        shown = list;
      }}
    />,
  );
  const element = screen.getByRole('list');
  const scrollTo = (topPx: number) =>
    act(() => {
      element.scrollTop = topPx;
      fireEvent.scroll(element);
    });
  const seen = () => shown?.seen ?? [-1, -1];
  /** Whether all rows that should be seen are on screen, without a gap. */
  const expectInView = () => {
    const [first, last] = seen();
    const top = (shown?.startOf(first) ?? NaN) - element.scrollTop;
    expect(top).toBeGreaterThan(-rowPx - 1);
    expect(top).toBeLessThanOrEqual(1);
    expect(shown?.startOf(last)).toBeCloseTo(
      (shown?.startOf(first) ?? 0) + (last - first) * rowPx,
      3,
    );
    for (const each of [first, last]) expect(shown?.indexes).toContain(each);
  };
  expect(shown?.heightPx).toBe(12_000_000);
  expectInView();

  scrollTo((12_000_000 - viewPx) / 2);
  expect(seen()[0]).toBeGreaterThan(1_499_900);
  expect(seen()[0]).toBeLessThan(1_500_100);
  expectInView();
  scrollTo(12_000_000 - viewPx);
  expect(seen()[1]).toBe(2_999_999);
  expectInView();
  scrollTo(0);
  expect(seen()[0]).toBe(0);

  // By keys, where a pixel is worth several rows: exactly the row that is wanted.
  act(() => shown?.reveal(1_234_567, 'middle'));
  for (const id of [1_234_567, 1_234_568, 1_234_600]) {
    act(() => shown?.reveal(id));
    expect(seen()[0]).toBeLessThanOrEqual(id);
    expect(seen()[1]).toBeGreaterThanOrEqual(id);
    expectInView();
  }
});
