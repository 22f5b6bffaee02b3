import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  type MouseEvent,
  type RefObject,
} from 'react';
import { copyText } from '../../ui/copyText.ts';
import { treeKeyHandler } from '../../ui/treeKeyHandler.ts';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import { useFocusWhenRendered } from '../../ui/virtualList/useFocusWhenRendered.ts';
import { useArrival } from '../../ui/virtualList/useArrival.ts';
import { useReadingPosition, useVirtualList } from '../../ui/virtualList/useVirtualList.ts';
import { useWhyNot } from '../access/allowed.ts';
import type { Inspector } from '../inspector.ts';
import { wantedFrom, windowRows, type KeyWindow } from './keyWindow.ts';
import { texts } from './texts.ts';
import { TreeLine, WaitingLine } from './TreeLine.tsx';
import { keysPerWindow } from '../watchedKeys.ts';

interface SessionTreeProps {
  readonly inspector: Inspector;
  readonly part: KeyWindow;
  readonly activeId: string | undefined;
  /** Scrolled to whenever the object changes. */
  readonly revealed: { readonly id: string } | undefined;
  /** Ids of the rows that a path has found. */
  readonly matches: ReadonlySet<string>;
  readonly onActivate: (id: string) => void;
  /** Opens or closes a branch, or shows more of one. */
  readonly onToggle: (id: string) => void;
  /** What else a key does in the row that has the focus. */
  readonly keys: Readonly<Record<string, () => void>>;
  readonly onNotice: (text: string) => void;
}

/** The keys of a session and what is in their values: only the rows on screen exist. */
export function SessionTree(props: SessionTreeProps) {
  const { inspector, part, onActivate, onToggle, onNotice } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, list, activeId, tabStopId, goTo } = useTreeList(props, scroller);
  const areValuesHidden = useWhyNot(inspector, 'values') !== undefined;
  const onKeyDown = treeKeyHandler({
    rows: part.rows,
    activeId,
    act: onToggle,
    focus: goTo,
    copy: async (text) => onNotice((await copyText(text)) ? texts.copied : texts.copyRefused),
    own: {
      Home: () => goTo(rows.idAt(0)),
      End: () => goTo(rows.idAt(rows.count - 1)),
      ...props.keys,
    },
  });
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>('[role=treeitem]');
    const id = row?.dataset['id'];
    if (id === undefined) return;
    onActivate(id);
    // The whole line of a part opens it; of a key only the arrow does, as its value is shown beside.
    if (event.target.closest('.tree-chevron, .tree-more')) onToggle(id);
  };
  return (
    <div ref={scroller} className="session-tree">
      <ul
        role="tree"
        aria-label={texts.keys}
        style={{ height: list.heightPx }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={(event) => {
          const row = event.target instanceof Element && event.target.closest('[role=treeitem]');
          if (row instanceof HTMLElement) onToggle(row.dataset['id'] ?? '');
        }}
      >
        {list.indexes.map((index) => {
          const row = part.rows[index - part.before];
          const id = rows.idAt(index) ?? '';
          const place = {
            topPx: list.startOf(index),
            isActive: id === tabStopId,
            onFocus: onActivate,
          };
          if (!row) return <WaitingLine key={id} {...{ id, ...place }} />;
          return (
            <TreeLine
              key={id}
              row={row}
              {...place}
              isMatch={props.matches.has(row.id)}
              freshMark={row.type === 'key' ? inspector.freshKey(row.shown.key) : undefined}
              areValuesHidden={areValuesHidden}
            />
          );
        })}
      </ul>
    </div>
  );
}

/** Of a session with more keys than are listed at a time, those around the rows on screen are asked for. */
function useKeysOnScreen(
  inspector: Inspector,
  part: KeyWindow,
  [first, last]: readonly [first: number, last: number],
): void {
  useEffect(() => {
    const from = wantedFrom(part, [first, last], keysPerWindow);
    if (from !== undefined) inspector.listKeys({ from });
  }, [inspector, part, first, last]);
}

/** The rows on screen, the one that the Tab key stops at, and how to go to another. */
function useTreeList(props: SessionTreeProps, scroller: RefObject<HTMLDivElement | null>) {
  const { inspector, part, onActivate } = props;
  const [position, onMove] = useReadingPosition<string>();
  const rows = useMemo(() => windowRows(part), [part]);
  const activeId = props.activeId ?? rows.idAt(0) ?? '';
  const list = useVirtualList({
    rows,
    rowPx: rowHeightPx,
    scroller,
    position,
    onMove,
    activeId,
  });
  const latest = useRef(list);
  useLayoutEffect(() => {
    latest.current = list;
  });
  const { revealed } = props;
  useEffect(() => {
    if (revealed) latest.current.reveal(revealed.id, 'middle');
  }, [revealed]);
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate,
    selector: '[role=treeitem]',
  });
  useKeysOnScreen(inspector, part, list.seen);
  useArrival({ rows, activeId, focus });
  const goTo = (id: string | undefined) => {
    if (id === undefined) return;
    list.reveal(id);
    focus(id);
  };
  const tabStopId = rows.indexOf(activeId) >= 0 ? activeId : rows.idAt(list.seen[0]);
  return { rows, list, activeId, tabStopId, goTo };
}
