import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { EntryQueue } from '../store/entryQueue.ts';
import {
  positionAt,
  positionShowing,
  scrollTopFor,
  type ListGeometry,
  type ReadingPosition,
} from './readingPosition.ts';
import type { LogViewState } from './logViewState.ts';
import { RowLayout } from './rowLayout.ts';

/** Rows rendered beyond each edge of the view. */
const overscan = 8;
/** The same where the rows are others before anybody could have scrolled to them. */
const passingOverscan = 1;

interface RowWindowInput {
  readonly entries: EntryQueue;
  readonly isNewestFirst: boolean;
  /** So much comes that each look shows other rows. */
  readonly isFlood: boolean;
  /** Keeps the reading position, and which row is active. */
  readonly viewState: LogViewState;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Measured heights of the rows that are unfolded, by id. */
  readonly heights: ReadonlyMap<number, number>;
}

/**
 * The rows to render and how far to scroll. The scroll offset follows from the reading position and
 * never the other way round, so whatever comes, goes or unfolds, the row that is read stays put.
 */
export function useRowWindow(input: RowWindowInput) {
  const { scroller, isNewestFirst, viewState } = input;
  const order = isNewestFirst ? 'newestFirst' : 'newestLast';
  const position = useStore(viewState.store, ({ positions }) => positions[order]);
  // It stays rendered wherever it is, since it may have the focus.
  const pinnedId = useStore(viewState.store, (view) => view.activeId);
  const viewPx = useViewHeight(scroller);
  const geometry = geometryOf(input, viewPx);
  const scrollTop = scrollTopFor(position, geometry);

  const move = useCallback(
    (to: (now: ReadingPosition) => ReadingPosition) => viewState.move(order, to),
    [viewState, order],
  );
  useScrolling({ scroller, geometry, position, scrollTop, move });

  const { layout, idAt } = geometry;
  const pinned = pinnedId === undefined ? -1 : geometry.indexOf(pinnedId);
  const isPinned = pinned >= 0 && idAt(pinned) === pinnedId;
  const { entries } = input;
  const unseen = position.isFollowing ? 0 : entries.length - entries.placeOf(position.seenId + 1);
  return {
    layout,
    idAt,
    indexOf: geometry.indexOf,
    indexes: indexesToRender(layout, {
      scrollTop,
      viewPx,
      pinned: isPinned ? pinned : -1,
      overscan: input.isFlood && position.isFollowing ? passingOverscan : overscan,
    }),
    pageRows: Math.max(1, layout.indexAt(scrollTop + viewPx) - layout.indexAt(scrollTop) - 1),
    unseen,
    isFollowing: position.isFollowing,
    follow: () => move(() => ({ isFollowing: true })),
    reveal: (id: number, where: 'nearest' | 'middle') =>
      move((now) => positionShowing(id, where, { geometry, position: now })),
    /** Keeps a row where it is while it unfolds, where following would push it out of sight. */
    hold: (id: number) => {
      if (isNewestFirst) return;
      const offsetPx = layout.topOf(geometry.indexOf(id)) - scrollTop;
      move((now) => ({
        isFollowing: false,
        anchorId: id,
        offsetPx,
        seenId: now.isFollowing ? geometry.newestId : now.seenId,
      }));
    },
  };
}

interface Scrolling {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly geometry: ListGeometry;
  readonly position: ReadingPosition;
  readonly scrollTop: number;
  readonly move: (to: (now: ReadingPosition) => ReadingPosition) => void;
}

/** Scrolls to where the position says, and learns a new position when a person scrolls. */
function useScrolling({ scroller, geometry, position, scrollTop, move }: Scrolling) {
  const latest = useRef({ geometry, position });
  /** Where the list was scrolled to when we looked last. */
  const knownTop = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    const before = latest.current;
    latest.current = { geometry, position };
    if (!element) return;
    const hasShrunk = knownTop.current > element.scrollHeight - element.clientHeight;
    if (!hasShrunk && Math.abs(element.scrollTop - knownTop.current) >= 1) {
      // A person has scrolled and the event is still on its way: they saw the rows of before.
      knownTop.current = element.scrollTop;
      move(() => positionAt(element.scrollTop, before.geometry, before.position));
      return;
    }
    if (Math.abs(element.scrollTop - scrollTop) >= 1) element.scrollTop = scrollTop;
    knownTop.current = element.scrollTop;
  });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const learn = () => {
      // Our own scrolling tells nothing new.
      if (Math.abs(element.scrollTop - knownTop.current) < 1) return;
      knownTop.current = element.scrollTop;
      const { geometry: now, position: before } = latest.current;
      move(() => positionAt(element.scrollTop, now, before));
    };
    element.addEventListener('scroll', learn, { passive: true });
    return () => element.removeEventListener('scroll', learn);
  }, [scroller, move]);
}

function geometryOf(input: RowWindowInput, viewPx: number): ListGeometry {
  const { entries, isNewestFirst, heights } = input;
  const count = entries.length;
  const flip = (place: number) => (isNewestFirst ? count - 1 - place : place);
  const indexOf = (id: number) => flip(Math.min(count - 1, entries.placeOf(id)));
  const idAt = (index: number) => entries.at(flip(index))?.id;
  const tall = [...heights]
    .filter(([id]) => idAt(indexOf(id)) === id)
    .map(([id, heightPx]) => ({ index: indexOf(id), heightPx }));
  const layout = new RowLayout(count, tall);
  const newestId = entries.last()?.id ?? 0;
  return { layout, viewPx, isNewestFirst, indexOf, idAt, newestId };
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

function useViewHeight(scroller: RefObject<HTMLDivElement | null>): number {
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
  return heightPx;
}
