import { rowHeightPx } from '../ui/rowHeights.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { SessionSummary } from '../../protocol/inspection/events.ts';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';
import { SessionRow } from './SessionRow.tsx';
import { useAnchoredScroll } from './useAnchoredScroll.ts';
import { useSelectedInView } from './useSelectedInView.ts';

interface SessionTableProps {
  readonly inspector: Inspector;
  /** What to show, in order. */
  readonly sessions: readonly SessionSummary[];
  readonly selectedId: string | undefined;
}

const columns = [texts.name, texts.token, texts.keys, texts.expires];

/** The sessions as a table: only the rows on screen exist. */
export function SessionTable({ inspector, sessions, selectedId }: SessionTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string>();
  const rows = useVirtualizer({
    count: sessions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => sessions[index]?.id ?? index,
    overscan: 10,
    // The head stays on top and covers the height of one row.
    scrollPaddingEnd: rowHeightPx,
  });
  const scrolled = { scroller, sessions, rowHeightPx };
  useAnchoredScroll(scrolled);
  useSelectedInView(scrolled, selectedId);
  const moveFocus = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const from = sessions.findIndex(({ id }) => id === activeId);
    const to = Math.min(sessions.length - 1, Math.max(0, from + step));
    rows.scrollToIndex(to);
    setActiveId(sessions[to]?.id);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>('.session-open[tabindex="0"]')?.focus(),
    );
  };
  const items = rows.getVirtualItems();
  const tabStopId = items.some(({ key }) => key === activeId) ? activeId : items[0]?.key;

  return (
    <div
      ref={scroller}
      className="session-table"
      role="table"
      aria-label={texts.liveSessions}
      aria-rowcount={sessions.length + 1}
      onKeyDown={moveFocus}
    >
      <div role="rowgroup" className="session-heads">
        <div role="row" aria-rowindex={1} className="session-cells">
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="session-rows" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const session = sessions[item.index];
          if (!session) return null;
          return (
            <SessionRow
              key={item.key}
              inspector={inspector}
              session={session}
              index={item.index}
              startPx={item.start}
              freshMark={inspector.freshSession(session.id)}
              isSelected={session.id === selectedId}
              isTabStop={session.id === tabStopId}
              onFocus={setActiveId}
            />
          );
        })}
      </div>
    </div>
  );
}
