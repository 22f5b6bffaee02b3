import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  isWhole,
  positionAt,
  positionHolding,
  positionShowing,
  scrollTopFor,
  withStandIn,
  type ListGeometry,
  type ListRows,
  type ReadingPosition,
} from './readingPosition.ts';
import { RowLayout } from './rowLayout.ts';

/** A taller element is beyond what some browsers can lay out: then a list scrolls faster than its rows pass. */
const maxListPx = 12_000_000;

/** Rows rendered beyond each edge of the view. */
const usualOverscan = 10;

type Move<Id> = (to: (now: ReadingPosition<Id>) => ReadingPosition<Id>) => void;

interface VirtualListInput<Id> {
  readonly rows: ListRows<Id>;
  /** Height of the rows that are alike. */
  readonly rowPx: number;
  /** Heights of those that are taller, by id. */
  readonly heights?: ReadonlyMap<Id, number>;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Height of a head that covers the rows which scroll below it. */
  readonly headPx?: number;
  /** The end that the list follows while a person is there. */
  readonly end?: 'top' | 'bottom';
  readonly position: ReadingPosition<Id>;
  readonly onMove: Move<Id>;
  /** It stays rendered wherever it is, since it may have the focus. */
  readonly activeId?: Id | undefined;
  readonly overscan?: number | undefined;
}

/** The reading position of a list that starts at its top each time. */
export function useReadingPosition<Id>() {
  return useState<ReadingPosition<Id>>({ isFollowing: true });
}

/** The rows of an array. */
export function arrayRows<T, Id>(items: readonly T[], idOf: (item: T) => Id): ListRows<Id> {
  return {
    count: items.length,
    idAt: (index) => {
      const item = items[index];
      return item === undefined ? undefined : idOf(item);
    },
    indexOf: (id) => items.findIndex((item) => idOf(item) === id),
  };
}

/**
 * The rows to render and how far to scroll. The scroll offset follows from the reading position and
 * never the other way round, so whatever comes, goes or unfolds, the row that is read stays put.
 */
export function useVirtualList<Id>(input: VirtualListInput<Id>) {
  const { rows, rowPx, scroller, headPx = 0, end = 'top', onMove } = input;
  const viewPx = useViewHeight(scroller, headPx);
  const before = useRef(rows);
  const position = withStandIn(input.position, rows, before.current);
  const layout = new RowLayout(rows.count, rowPx, tallRows(rows, input.heights));
  const geometry: ListGeometry<Id> = { rows, layout, viewPx, end };
  const scrollTop = scrollTopFor(position, geometry);
  const heightPx = Math.min(layout.totalPx, maxListPx);
  const scale = heightPx < layout.totalPx ? (heightPx - viewPx) / (layout.totalPx - viewPx) : 1;

  useLayoutEffect(() => {
    before.current = rows;
    if (position !== input.position) onMove(() => position);
  });
  useScrolling({ scroller, geometry, position, scrollTop, scale, onMove });

  const { activeId } = input;
  const active = activeId === undefined ? -1 : rows.indexOf(activeId);
  return {
    layout,
    viewPx,
    /** Of the element with all rows. */
    heightPx,
    /** Where a row stands in that element. */
    startOf: (index: number) => layout.topOf(index) - scrollTop * (1 - scale),
    /** The first and the last row on screen; the last is before the first in an empty list. */
    seen: [layout.indexAt(scrollTop), layout.indexAt(scrollTop + viewPx - 1)] as const,
    indexes: indexesToRender(layout, {
      scrollTop,
      viewPx,
      pinned: rows.idAt(active) === activeId ? active : -1,
      overscan: input.overscan ?? usualOverscan,
    }),
    pageRows: Math.max(1, layout.indexAt(scrollTop + viewPx) - layout.indexAt(scrollTop) - 1),
    isFollowing: position.isFollowing,
    follow: () => onMove(() => ({ isFollowing: true })),
    reveal: (id: Id, where: 'nearest' | 'middle' = 'nearest') =>
      onMove((now) => positionShowing(id, where, { geometry, position: now })),
    /** Keeps a row where it is while it unfolds, where following would push it out of sight. */
    hold: (id: Id) => {
      if (end === 'top') return;
      const offsetPx = layout.topOf(rows.indexOf(id)) - scrollTop;
      onMove((now) => positionHolding(id, offsetPx, { geometry, position: now }));
    },
    /** Keeps a row in place while the list follows its end. @returns Follows the end again, unless the list was scrolled since. */
    pin: (id: Id): (() => void) => {
      if (!position.isFollowing || rows.idAt(rows.indexOf(id)) !== id) return () => undefined;
      const offsetPx = layout.topOf(rows.indexOf(id)) - scrollTop;
      const pinned = positionHolding(id, offsetPx, { geometry, position });
      onMove(() => pinned);
      return () => onMove((now) => (now === pinned ? position : now));
    },
    /** Whether the whole row would be on screen if the view were of another height. */
    isWholeIn: (id: Id, heightPx: number) =>
      isWhole(id, { geometry: { ...geometry, viewPx: heightPx }, position }),
  };
}

interface Scrolling<Id> {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly geometry: ListGeometry<Id>;
  readonly position: ReadingPosition<Id>;
  readonly scrollTop: number;
  /** Pixels that the element scrolls for each of the list. */
  readonly scale: number;
  readonly onMove: Move<Id>;
}

/** Scrolls to where the position says, and learns a new position when a person scrolls. */
function useScrolling<Id>(scrolling: Scrolling<Id>) {
  const { scroller, geometry, position, scale, onMove } = scrolling;
  const elementTop = scrolling.scrollTop * scale;
  const latest = useRef({ geometry, position, scale });
  /** Where the list was scrolled to when we looked last. */
  const knownTop = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = latest.current;
    latest.current = { geometry, position, scale };
    if (!element) return;
    // Reading where an element is scrolled to lays out the whole page.
    if (isAlike(before.geometry, geometry) && Math.abs(elementTop - knownTop.current) < 1) return;
    const hasShrunk = knownTop.current > element.scrollHeight - element.clientHeight;
    if (!hasShrunk && Math.abs(element.scrollTop - knownTop.current) >= 1) {
      // A person has scrolled and the event is still on its way: they saw the rows of before.
      knownTop.current = element.scrollTop;
      const top = element.scrollTop / before.scale;
      onMove(() => positionAt(top, before.geometry, before.position));
      return;
    }
    if (Math.abs(element.scrollTop - elementTop) >= 1) element.scrollTop = elementTop;
    knownTop.current = element.scrollTop;
  });
  const learn = useCallback(() => {
    const element = scroller.current;
    // Our own scrolling changes nothing.
    if (!element || Math.abs(element.scrollTop - knownTop.current) < 1) return;
    knownTop.current = element.scrollTop;
    const { geometry: now, position: known, scale: pxFor } = latest.current;
    onMove(() => positionAt(element.scrollTop / pxFor, now, known));
  }, [scroller, onMove]);
  useLayoutEffect(() => {
    const element = scroller.current;
    element?.addEventListener('scroll', learn, { passive: true });
    return () => element?.removeEventListener('scroll', learn);
  }, [scroller, learn]);
}

/** Whether the same rows are seen through the same window. */
function isAlike<Id>(before: ListGeometry<Id>, now: ListGeometry<Id>): boolean {
  const areRowsAlike = before.rows === now.rows && before.layout.totalPx === now.layout.totalPx;
  return areRowsAlike && before.viewPx === now.viewPx;
}

function tallRows<Id>(rows: ListRows<Id>, heights: ReadonlyMap<Id, number> | undefined) {
  return [...(heights ?? [])]
    .map(([id, heightPx]) => ({ id, index: rows.indexOf(id), heightPx }))
    .filter(({ id, index }) => rows.idAt(index) === id);
}

interface WindowPlace {
  readonly scrollTop: number;
  readonly viewPx: number;
  readonly pinned: number;
  readonly overscan: number;
}

function indexesToRender(layout: RowLayout, place: WindowPlace): number[] {
  const { scrollTop, viewPx, pinned } = place;
  if (layout.count === 0) return [];
  const first = Math.max(0, layout.indexAt(scrollTop) - place.overscan);
  const last = Math.min(layout.count - 1, layout.indexAt(scrollTop + viewPx) + place.overscan);
  const indexes = Array.from({ length: last - first + 1 }, (_, step) => first + step);
  if (pinned < 0 || (pinned >= first && pinned <= last)) return indexes;
  return pinned < first ? [pinned, ...indexes] : [...indexes, pinned];
}

function useViewHeight(scroller: RefObject<HTMLElement | null>, headPx: number): number {
  const [heightPx, setHeightPx] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = () => setHeightPx(element.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return Math.max(0, heightPx - headPx);
}
