import { ArrowDown, ArrowUp } from 'lucide-react';
import { rowHeightPx } from '../ui/rowHeights.ts';
import { useFocusWhenRendered } from '../ui/virtualList/useFocusWhenRendered.ts';
import { useKeptInView } from '../ui/virtualList/useKeptInView.ts';
import { arrayRows, useReadingPosition, useVirtualList } from '../ui/virtualList/useVirtualList.ts';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import type { Inspector } from './inspector.ts';
import { directionOf, sortedBy, type Sorting, type SortOrder } from './listSessions.ts';
import { texts } from './texts.ts';
import { SessionRow } from './SessionRow.tsx';

interface SessionTableProps {
  readonly inspector: Inspector;
  /** What to show, in order. */
  readonly sessions: readonly SessionSummary[];
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly selectedId: string | undefined;
}

interface Column {
  readonly name: string;
  /** What its head sorts by. */
  readonly order?: SortOrder;
}

const columns: readonly Column[] = [
  { name: texts.name, order: 'name' },
  { name: texts.token },
  { name: texts.keys, order: 'keys' },
  // Only where there is room.
  { name: texts.created, order: 'newest' },
  { name: texts.expires, order: 'expiry' },
];

/** The sessions as a table: only the rows on screen exist. */
export function SessionTable(props: SessionTableProps) {
  const { inspector, sessions, selectedId } = props;
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
    const isInRow = event.target instanceof Element && event.target.closest('.session-row');
    if (step === 0 || !isInRow) return;
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
            <ColumnHead key={column.name} column={column} {...props} />
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

interface ColumnHeadProps extends Pick<SessionTableProps, 'sorting' | 'onSort'> {
  readonly column: Column;
}

function ColumnHead({ column: { name, order }, sorting, onSort }: ColumnHeadProps) {
  if (!order) return <span role="columnheader">{name}</span>;
  const direction = order === sorting.order ? directionOf(sorting) : undefined;
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <span role="columnheader" aria-sort={direction}>
      <button
        type="button"
        className="session-sort"
        title={texts.sortBy(name)}
        onClick={() => onSort(sortedBy(order, sorting))}
      >
        {name}
        {direction && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}
