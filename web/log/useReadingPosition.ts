import type { Virtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Entry } from '../connection/exchange.ts';

/** Rows on screen whose height is not whole pixels still count as "at the edge". */
const edgeSlackPx = 4;

interface ReadingPositionInput {
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly entries: readonly Entry[];
  readonly isNewestFirst: boolean;
}

/**
 * At the newest end the list follows. Anywhere else the row that is read stays where it is while
 * others come and go, and what came is counted.
 */
export function useReadingPosition({
  rows,
  scroller,
  entries,
  isNewestFirst,
}: ReadingPositionInput) {
  const isFollowing = useRef(true);
  const anchor = useRef<{ id: number; offsetPx: number }>(undefined);
  const [seenId, setSeenId] = useState(0);
  const newestId = entries.at(-1)?.id ?? 0;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const remember = () => {
      const awayPx = isNewestFirst
        ? element.scrollTop
        : element.scrollHeight - element.clientHeight - element.scrollTop;
      isFollowing.current = awayPx <= edgeSlackPx;
      const first = rows.getVirtualItems().find((item) => item.end > element.scrollTop);
      anchor.current = first && {
        id: Number(first.key),
        offsetPx: first.start - element.scrollTop,
      };
      if (isFollowing.current) setSeenId(Number.MAX_SAFE_INTEGER);
      else setSeenId((seen) => (seen === Number.MAX_SAFE_INTEGER ? newestId : seen));
    };
    element.addEventListener('scroll', remember);
    return () => element.removeEventListener('scroll', remember);
  }, [rows, scroller, isNewestFirst, newestId]);

  useLayoutEffect(() => {
    if (isFollowing.current) {
      if (!isNewestFirst && entries.length > 0) rows.scrollToIndex(entries.length - 1);
      return;
    }
    const place = anchor.current && placeOf(entries, anchor.current.id);
    if (place === undefined || !anchor.current) return;
    const index = isNewestFirst ? entries.length - 1 - place : place;
    const start = rows.measurementsCache[index]?.start;
    if (start !== undefined) rows.scrollToOffset(start - anchor.current.offsetPx);
  }, [rows, entries, entries.length, isNewestFirst, newestId]);

  const isAway = seenId !== Number.MAX_SAFE_INTEGER && seenId > 0;
  return {
    unseen: isAway ? entries.length - firstAfter(entries, seenId) : 0,
    jumpToLatest: () => {
      isFollowing.current = true;
      setSeenId(Number.MAX_SAFE_INTEGER);
      rows.scrollToIndex(isNewestFirst ? 0 : entries.length - 1);
    },
  };
}

/** Index of the first entry whose id is greater. */
function firstAfter(entries: readonly Entry[], id: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.id ?? 0) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(entries: readonly Entry[], id: number): number | undefined {
  const place = firstAfter(entries, id) - 1;
  return entries[place]?.id === id ? place : undefined;
}
