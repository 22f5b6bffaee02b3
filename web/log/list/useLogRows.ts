import { useCallback, type RefObject } from 'react';
import { useStore } from 'zustand';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import type { ListRows } from '../../ui/virtualList/readingPosition.ts';
import { useVirtualList } from '../../ui/virtualList/useVirtualList.ts';
import type { EntryQueue } from '../store/entryQueue.ts';
import type { MessageLog } from '../store/messageLog.ts';
import type { LogViewState, RowOrder } from './logViewState.ts';

/** Rows rendered beyond each edge where they change before anybody could have scrolled to them. */
const passingOverscan = 1;

type Change = Parameters<LogViewState['move']>[1];

interface LogRowsInput {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly viewState: LogViewState;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Measured heights of the rows that are unfolded, by id. */
  readonly heights: ReadonlyMap<number, number>;
}

/** The rows of the log in the order of the screen, and which of them to render. */
export function useLogRows({ log, isNewestFirst, viewState, scroller, heights }: LogRowsInput) {
  const order: RowOrder = isNewestFirst ? 'newestFirst' : 'newestLast';
  const position = useStore(viewState.store, ({ positions }) => positions[order]);
  const activeId = useStore(viewState.store, (view) => view.activeId);
  // Rows are replaced every quarter of a second: without buttons they cost half.
  const isFlood = useStore(log.store, ({ flood, arrivedWhilePaused }) => {
    return flood !== undefined && arrivedWhilePaused === undefined;
  });
  const entries = log.visible();
  const rows = rowsOf(entries, isNewestFirst);
  const list = useVirtualList({
    rows,
    rowPx: rowHeightPx,
    heights,
    scroller,
    end: isNewestFirst ? 'top' : 'bottom',
    position,
    onMove: useCallback((to: Change) => viewState.move(order, to), [viewState, order]),
    activeId,
    overscan: isFlood && position.isFollowing ? passingOverscan : undefined,
  });
  return {
    rows,
    list,
    isPassing: isFlood && list.isFollowing,
    /** How many came since the person left the newest end. */
    unseen: position.isFollowing ? 0 : entries.length - entries.placeOf(position.seenId + 1),
  };
}

/** An id that is gone means the one next to it. */
function rowsOf(entries: EntryQueue, isNewestFirst: boolean): ListRows<number> {
  const count = entries.length;
  const flip = (place: number) => (isNewestFirst ? count - 1 - place : place);
  return {
    count,
    idAt: (index) => entries.at(flip(index))?.id,
    indexOf: (id) => flip(Math.min(count - 1, entries.placeOf(id))),
  };
}
