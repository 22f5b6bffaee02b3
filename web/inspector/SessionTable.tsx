import { rowHeightPx } from '../ui/rowHeights.ts';
import { useFocusWhenRendered } from '../ui/virtualList/useFocusWhenRendered.ts';
import { useKeptInView } from '../ui/virtualList/useKeptInView.ts';
import { arrayRows, useReadingPosition, useVirtualList } from '../ui/virtualList/useVirtualList.ts';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { SessionSummary } from '../../protocol/inspection/events.ts';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';
import { SessionRow } from './SessionRow.tsx';

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
  const [position, onMove] = useReadingPosition<string>();
  const rows = arrayRows(sessions, ({ id }) => id);
  const list = useVirtualList({
    rows,
    rowPx: rowHeightPx,
    scroller,
    // The names of the columns stay on top, as high as a row, with a line below.
    headPx: rowHeightPx + 1,
    position,
    onMove,
    activeId,
  });
  useKeptInView(list, selectedId);
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate: setActiveId,
    selector: '.session-open',
  });
  const moveFocus = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const from = activeId === undefined ? -1 : rows.indexOf(activeId);
    const id = rows.idAt(Math.min(sessions.length - 1, Math.max(0, from + step)));
    if (id === undefined) return;
    list.reveal(id);
    focus(id);
  };
  const isRendered = list.indexes.some((index) => rows.idAt(index) === activeId);
  const tabStopId = isRendered ? activeId : rows.idAt(list.indexes[0] ?? 0);

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
      <div role="rowgroup" className="session-rows" style={{ height: list.layout.totalPx }}>
        {list.indexes.map((index) => {
          const session = sessions[index];
          if (!session) return null;
          return (
            <SessionRow
              key={session.id}
              inspector={inspector}
              session={session}
              index={index}
              startPx={list.layout.topOf(index)}
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
