import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { Entry } from '../connection/exchange.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyLog } from './EmptyLog.tsx';
import { LogRow } from './LogRow.tsx';
import type { MessageLog } from './messageLog.ts';

interface LogListProps {
  readonly log: MessageLog;
  readonly isNewestFirst: boolean;
  readonly onEdit: (text: string) => void;
  readonly onResend: (text: string) => void;
}

const rowHeightPx = 28;
/** Rows on screen whose height is not whole pixels still count as "at the edge". */
const edgeSlackPx = 4;

/** The rows of the log: only those on screen exist, and the reading position never moves by itself. */
export function LogList({ log, isNewestFirst, onEdit, onResend }: LogListProps) {
  useStore(log.store, (view) => view.version);
  const newestReplyId = useStore(log.store, (view) => view.newestReplyId);
  const entries = log.visible();
  const [unfolded, setUnfolded] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [activeId, setActiveId] = useState<number>();
  const scroller = useRef<HTMLDivElement>(null);

  const at = (index: number) => entries[isNewestFirst ? entries.length - 1 - index : index];
  // The compiler's memoising does not matter here: the virtualizer re-renders on its own terms.
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => at(index)?.id ?? index,
    overscan: 10,
  });
  const { unseen, jumpToLatest } = useReadingPosition({ rows, scroller, entries, isNewestFirst });

  const isUnfolded = (id: number) => unfolded.get(id) ?? id === newestReplyId;
  const toggle = (id: number) => setUnfolded(new Map(unfolded).set(id, !isUnfolded(id)));
  const moveFocus = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || !(event.target as HTMLElement).matches('.log-row-toggle')) return;
    event.preventDefault();
    const from = rows.getVirtualItems().find((item) => item.key === activeId)?.index ?? 0;
    const to = Math.min(entries.length - 1, Math.max(0, from + step));
    rows.scrollToIndex(to);
    setActiveId(at(to)?.id);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>('.log-row-toggle[tabindex="0"]')?.focus(),
    );
  };
  const items = rows.getVirtualItems();
  const tabStopId = items.some((item) => item.key === activeId) ? activeId : items[0]?.key;

  return (
    <div className="log-frame">
      {entries.length === 0 && <EmptyLog log={log} />}
      <div
        ref={scroller}
        className="log-scroller"
        role="log"
        aria-label="Messages"
        aria-live="off"
        onKeyDown={moveFocus}
      >
        <ul style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const entry = at(item.index);
            if (!entry) return null;
            return (
              <LogRow
                key={item.key}
                entry={entry}
                index={item.index}
                startPx={item.start}
                measure={rows.measureElement}
                isUnfolded={isUnfolded(entry.id)}
                isTabStop={tabStopId === entry.id}
                onToggle={toggle}
                onFocus={setActiveId}
                onEdit={onEdit}
                onResend={onResend}
              />
            );
          })}
        </ul>
      </div>
      {unseen > 0 && (
        <div className={isNewestFirst ? 'log-jump is-top' : 'log-jump'}>
          <Button look="primary" onClick={jumpToLatest} aria-label="Jump to latest">
            {isNewestFirst ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
            {unseen.toLocaleString('en')} new · Jump to latest
          </Button>
        </div>
      )}
    </div>
  );
}

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
function useReadingPosition({ rows, scroller, entries, isNewestFirst }: ReadingPositionInput) {
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
