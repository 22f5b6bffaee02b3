import { ArrowDown, ArrowUp } from 'lucide-react';
import { memo, useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useStore } from 'zustand';
import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { useNow } from '../../ui/useNow.ts';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import type { ReadingPosition } from '../../ui/virtualList/readingPosition.ts';
import { useArrival } from '../../ui/virtualList/useArrival.ts';
import { useFocusWhenRendered } from '../../ui/virtualList/useFocusWhenRendered.ts';
import { useHeldWhilePressed } from '../../ui/virtualList/useHeldWhilePressed.ts';
import { useKeptInView } from '../../ui/virtualList/useKeptInView.ts';
import { useVirtualList } from '../../ui/virtualList/useVirtualList.ts';
import type { Inspector } from '../inspector.ts';
import { heldBy, type ListItem } from './listItems.ts';
import { groupKeys, isOpenGroup } from './groupKeys.ts';
import { listKeys } from './listKeys.ts';
import type { SessionList } from './sessionList.ts';
import type { LoadedRows } from './listView.ts';
import { GroupRow, SessionRow, WaitingRow, type RowPlace, type RowPress } from './SessionRow.tsx';
import { holdOf, isSameList, sortedBy, type SortOrder } from './sorting.ts';
import { texts } from './texts.ts';
import { usePartRows } from './usePartRows.ts';
import { useSought } from './useSought.ts';
import './SessionTable.css';

interface SessionTableProps {
  readonly inspector: Inspector;
  readonly source: SessionList;
  readonly query: SessionQuery;
  readonly loaded: LoadedRows;
  readonly isBusy: boolean;
  readonly selectedId: string | undefined;
}

/** The sessions as a table: only the rows on screen exist, and only those around them are here. */
export function SessionTable(props: SessionTableProps) {
  const { inspector, source, query, isBusy, selectedId } = props;
  const onPress = usePress(props);
  const agesAtMs = useNow(30_000);
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, list, activeId, goTo, onFocus } = useTable(props, scroller);
  const isRendered = list.indexes.some((index) => rows.idAt(index) === activeId);
  const tabStopId = isRendered ? activeId : rows.idAt(list.seen[0]);
  const goKeys = listKeys({ rows, activeId, pageRows: list.pageRows, onGo: goTo });
  const onToggle = (group: string) => source.toggleGroup(group);
  const turnKeys = groupKeys({ rows, open: query.open, activeId, onToggle, onGo: goTo });
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it has a role, one of two
    <div
      ref={scroller}
      className={isBusy ? 'session-table is-busy' : 'session-table'}
      role={query.separator === undefined ? 'table' : 'treegrid'}
      aria-label={texts.liveSessions}
      aria-rowcount={rows.count + 1}
      aria-busy={isBusy}
      onKeyDown={(event) => {
        if (!turnKeys(event)) goKeys(event);
      }}
    >
      <div role="rowgroup" className="table-heads">
        <div role="row" aria-rowindex={1} className="table-cells session-cells">
          {columns.map((column) => (
            <ColumnHead key={column.id} column={column} source={source} query={query} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="table-rows" style={{ height: list.heightPx }}>
        {list.indexes.map((index) => {
          const id = rows.idAt(index) ?? '';
          return (
            <ListRow
              key={id}
              {...{ id, index, inspector, source, onFocus, onPress, agesAtMs }}
              startPx={list.startOf(index)}
              isTabStop={id === tabStopId}
              item={rows.itemAt(index)}
              isOpen={isOpenGroup(rows.itemAt(index), query.open)}
              find={query.find}
              isSelected={id === selectedId}
              freshMark={source.freshAt(id)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The rows on screen, the one with the focus, and how to go to another. */
function useTable(props: SessionTableProps, scroller: RefObject<HTMLDivElement | null>) {
  const { source, query, selectedId } = props;
  const loaded = useHeldWhilePressed(scroller, props.loaded);
  const [activeId, setActiveId] = useState<string>();
  const [held, setHeld] = useState({ query, position: source.position });
  // Another order or search is another list: where the old one was scrolled to means nothing.
  const positionOf = (now: typeof held): ReadingPosition<string> =>
    isSameList(now.query, query) ? now.position : { isFollowing: true };
  const position = positionOf(held);
  const anchorId = position.isFollowing ? undefined : position.anchorId;
  const rows = usePartRows(loaded, [activeId, anchorId]);
  const hold = holdOf(query);
  const list = useVirtualList({
    rows,
    rowPx: rowHeightPx,
    scroller,
    // The names of the columns stay on top, as high as a row, with a line below.
    headPx: rowHeightPx + 1,
    position: heldBy(position, rows, hold),
    onMove: (to) =>
      setHeld((now) => ({ query, position: heldBy(to(positionOf(now)), rows, hold) })),
    activeId,
  });
  useKeptInView(list, selectedId);
  useSought({ source, rows, selectedId, reveal: (id) => list.reveal(id, 'middle') });
  const [first, last] = list.seen;
  useLayoutEffect(() => {
    source.position = position;
    source.look({ first, last, anchorId });
  });
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate: setActiveId,
    selector: '.table-open, .is-waiting',
  });
  useArrival({ rows, activeId, focus });
  const goTo = (id: string) => {
    list.reveal(id);
    focus(id);
  };
  return { rows, list, activeId, goTo, onFocus: setActiveId };
}

interface ListRowProps extends Pick<SessionTableProps, 'inspector' | 'source'>, RowPlace {
  readonly item: ListItem | undefined;
  /** Of a group. */
  readonly isOpen: boolean;
  /** What was searched for in names. */
  readonly find: string;
  readonly isSelected: boolean;
  readonly freshMark: number | undefined;
  readonly onPress: (press: RowPress) => void;
  /** Ages are written again when this changes. */
  readonly agesAtMs: number;
}

/** Scrolling renders only what comes into view. */
const ListRow = memo(function ListRow({ item, source, isOpen, ...props }: ListRowProps) {
  const isTicked = useStore(source.selection.store, ({ isOn, sessions }) =>
    isOn && item ? sessions.has(item.id) : undefined,
  );
  if (!item) return <WaitingRow {...props} />;
  if (item.kind === 'group') {
    return (
      <GroupRow {...props} {...{ item, isOpen }} onToggle={(name) => source.toggleGroup(name)} />
    );
  }
  return <SessionRow {...props} {...{ item, isTicked }} />;
});

/** Opens a session, or selects it, or all up to it. */
function usePress({ inspector, source: { selection } }: SessionTableProps) {
  return useCallback(
    ({ session, index, wants }: RowPress) => {
      if (wants === 'open') inspector.watch(session.id, session);
      else if (wants === 'tick') selection.toggle({ session, index });
      else void selection.extendTo(index);
    },
    [inspector, selection],
  );
}

interface Column {
  /** Of its cells. */
  readonly id: string;
  readonly name: string;
  /** What its head sorts by. */
  readonly order?: SortOrder;
}

const columns: readonly Column[] = [
  { id: 'name', name: texts.name, order: 'name' },
  { id: 'token', name: texts.token },
  { id: 'keys', name: texts.keys, order: 'keys' },
  { id: 'size', name: texts.size, order: 'bytes' },
  // Only where there is room.
  { id: 'created', name: texts.created, order: 'created' },
  { id: 'changed', name: texts.changed, order: 'changed' },
  { id: 'operations', name: texts.operationsHead, order: 'operations' },
  { id: 'expires', name: texts.expires, order: 'expires' },
];

interface ColumnHeadProps extends Pick<SessionTableProps, 'source' | 'query'> {
  readonly column: Column;
}

function ColumnHead({ column: { id, name, order }, source, query }: ColumnHeadProps) {
  const className = `session-cell is-${id}`;
  if (!order) {
    return (
      <span role="columnheader" className={className}>
        {name}
      </span>
    );
  }
  const direction = query.descending ? 'descending' : 'ascending';
  const isSorted = order === query.sort;
  const Arrow = query.descending ? ArrowDown : ArrowUp;
  return (
    <span role="columnheader" className={className} aria-sort={isSorted ? direction : undefined}>
      <button
        type="button"
        className="table-sort"
        title={texts.sortBy(name)}
        onClick={() => source.show(sortedBy(order, query))}
      >
        {name}
        {isSorted && <Arrow size={12} aria-hidden />}
      </button>
    </span>
  );
}
