import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { rowHeightPx } from '../ui/rowHeights.ts';
import type { ListRows } from '../ui/virtualList/readingPosition.ts';
import { useFocusWhenRendered } from '../ui/virtualList/useFocusWhenRendered.ts';
import { useHeldWhilePressed } from '../ui/virtualList/useHeldWhilePressed.ts';
import { useKeptInView } from '../ui/virtualList/useKeptInView.ts';
import { useReadingPosition, useVirtualList } from '../ui/virtualList/useVirtualList.ts';
import { texts } from './texts.ts';
import './tableRows.css';
import './LiveTable.css';

/** A column of a table whose rows are of type T. */
export interface Column<T> {
  readonly id: string;
  readonly name: string;
  /** Of a CSS grid. */
  readonly width: string;
  readonly isNumber?: boolean;
  /** Shown only where there is room. */
  readonly isWide?: boolean;
  readonly canSort?: boolean;
  readonly cell: (item: T) => ReactNode;
}

/** What a table is sorted by. */
export interface TableSorting {
  readonly columnId: string;
  readonly isDescending: boolean;
}

interface LiveTableProps<T> {
  readonly label: string;
  /** The button that opens a row is in the first one. */
  readonly columns: readonly Column<T>[];
  readonly rows: ListRows<number>;
  readonly itemAt: (index: number) => T | undefined;
  /** Name of a row. */
  readonly nameOf: (item: T) => string;
  readonly sorting?: TableSorting;
  readonly onSort?: (columnId: string) => void;
  readonly openId: number | undefined;
  readonly onOpen: (id: number) => void;
  /** Called with the first and the last row on screen, for items that come when they are looked at. */
  readonly onShown?: (first: number, last: number) => void;
  /** The end that it follows while a person is there. */
  readonly end?: 'top' | 'bottom';
}

/** Few, since all of them may change ten times a second. */
const overscanRows = 3;

/** Rows that come and change: only those on screen exist. Arrow keys go from row to row. */
export function LiveTable<T>(props: LiveTableProps<T>) {
  const { columns, openId, end = 'top' } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, itemAt } = useHeldWhilePressed(scroller, props);
  const [activeId, setActiveId] = useState<number>();
  const [position, onMove] = useReadingPosition<number>();
  // The names of the columns stay on top, as high as a row, with a line below.
  const headPx = rowHeightPx + 1;
  const list = useVirtualList({
    rows,
    rowPx: rowHeightPx,
    scroller,
    headPx,
    end,
    position,
    onMove,
    activeId,
    overscan: overscanRows,
  });
  useKeptInView(list, openId);
  const [firstSeen, lastSeen] = list.seen;
  const { onShown } = props;
  useEffect(() => {
    if (rows.count > 0 && list.viewPx > 0) onShown?.(firstSeen, lastSeen);
  });
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate: setActiveId,
    selector: '.table-open',
  });
  const moveFocus = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const isInRow = event.target instanceof Element && event.target.closest('.table-row');
    if (step === 0 || !isInRow) return;
    event.preventDefault();
    const from = activeId === undefined ? -1 : rows.indexOf(activeId);
    const id = rows.idAt(Math.min(rows.count - 1, Math.max(0, from + step)));
    if (id === undefined) return;
    list.reveal(id);
    focus(id);
  };
  const isRendered = list.indexes.some((index) => rows.idAt(index) === activeId);
  const edge = list.indexes[end === 'top' ? 0 : list.indexes.length - 1] ?? 0;
  const tabStopId = isRendered ? activeId : rows.idAt(edge);
  return (
    <div className="live-box">
      <div
        ref={scroller}
        className="live-table"
        role="table"
        aria-label={props.label}
        aria-rowcount={rows.count + 1}
        onKeyDown={moveFocus}
        style={tracksOf(columns)}
      >
        <div role="rowgroup" className="table-heads">
          <div role="row" aria-rowindex={1} className="table-cells live-cells">
            {columns.map((column) => (
              <ColumnHead key={column.id} column={column} {...props} />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="table-rows" style={{ height: list.layout.totalPx }}>
          {list.indexes.map((index) => {
            const item = itemAt(index);
            const id = rows.idAt(index);
            if (item === undefined || id === undefined) return null;
            const place = { index, id, startPx: list.layout.topOf(index) };
            const isTabStop = id === tabStopId;
            return (
              <Row key={id} {...{ item, place, isTabStop }} {...props} onFocus={setActiveId} />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function tracksOf<T>(columns: readonly Column<T>[]): CSSProperties {
  const tracks = (shown: readonly Column<T>[]) => shown.map(({ width }) => width).join(' ');
  const narrow = columns.filter(({ isWide }) => isWide !== true);
  return { '--wide': tracks(columns), '--narrow': tracks(narrow) } as CSSProperties;
}

function classOf<T>({ isNumber, isWide }: Column<T>): string | undefined {
  const names = [isNumber === true && 'is-number', isWide === true && 'is-wide'];
  return names.filter(Boolean).join(' ') || undefined;
}

interface RowProps<T> extends LiveTableProps<T> {
  readonly item: T;
  readonly place: { readonly index: number; readonly id: number; readonly startPx: number };
  readonly isTabStop: boolean;
  readonly onFocus: (id: number) => void;
}

/** The button in the first cell covers the whole row. */
function Row<T>(props: RowProps<T>) {
  const { item, place, columns } = props;
  const isOpen = place.id === props.openId;
  return (
    <div
      role="row"
      className={
        isOpen ? 'table-row table-cells live-cells is-open' : 'table-row table-cells live-cells'
      }
      aria-rowindex={place.index + 2}
      data-id={place.id}
      style={{ top: `${place.startPx}px` }}
    >
      {columns.map((column, index) => (
        <span key={column.id} role="cell" className={classOf(column)}>
          {index > 0 ? (
            column.cell(item)
          ) : (
            <button
              type="button"
              className="table-open"
              aria-label={props.nameOf(item)}
              aria-current={isOpen ? 'true' : undefined}
              tabIndex={props.isTabStop ? 0 : -1}
              onFocus={() => props.onFocus(place.id)}
              onClick={() => props.onOpen(place.id)}
            >
              {column.cell(item)}
            </button>
          )}
        </span>
      ))}
    </div>
  );
}

interface ColumnHeadProps<T> extends Pick<LiveTableProps<T>, 'sorting' | 'onSort'> {
  readonly column: Column<T>;
}

function ColumnHead<T>({ column, sorting, onSort }: ColumnHeadProps<T>) {
  const { id, name } = column;
  const isSorted = sorting?.columnId === id;
  const direction = sorting?.isDescending === true ? 'descending' : 'ascending';
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <span
      role="columnheader"
      className={classOf(column)}
      aria-sort={isSorted ? direction : undefined}
    >
      {column.canSort === true ? (
        <button
          type="button"
          className="table-sort"
          title={texts.sortBy(name)}
          onClick={() => onSort?.(id)}
        >
          {name}
          {isSorted && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        name
      )}
    </span>
  );
}
