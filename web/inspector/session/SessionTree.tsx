import { useEffect, useLayoutEffect, useRef, type MouseEvent } from 'react';
import { copyText } from '../../ui/copyText.ts';
import { treeKeyHandler } from '../../ui/treeKeyHandler.ts';
import { rowHeightPx } from '../../ui/rowHeights.ts';
import { useFocusWhenRendered } from '../../ui/virtualList/useFocusWhenRendered.ts';
import {
  arrayRows,
  useReadingPosition,
  useVirtualList,
} from '../../ui/virtualList/useVirtualList.ts';
import { useWhyNot } from '../access/allowed.ts';
import type { Inspector } from '../inspector.ts';
import type { SessionRow } from './keyRows.ts';
import { texts } from './texts.ts';
import { TreeLine } from './TreeLine.tsx';

interface SessionTreeProps {
  readonly inspector: Inspector;
  readonly rows: readonly SessionRow[];
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
  const { inspector, rows, onActivate, onToggle, onNotice } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [position, onMove] = useReadingPosition<string>();
  const activeId = props.activeId ?? rows[0]?.id ?? '';
  const list = useVirtualList({
    rows: arrayRows(rows, ({ id }) => id),
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
  const areValuesHidden = useWhyNot(inspector, 'values') !== undefined;
  const onKeyDown = treeKeyHandler({
    rows,
    activeId,
    act: onToggle,
    focus: (id) => {
      list.reveal(id);
      focus(id);
    },
    copy: async (text) => onNotice((await copyText(text)) ? texts.copied : texts.copyRefused),
    own: props.keys,
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
        style={{ height: list.layout.totalPx }}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={(event) => {
          const row = event.target instanceof Element && event.target.closest('[role=treeitem]');
          if (row instanceof HTMLElement) onToggle(row.dataset['id'] ?? '');
        }}
      >
        {list.indexes.map((index) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TreeLine
              key={row.id}
              row={row}
              topPx={list.layout.topOf(index)}
              isActive={row.id === activeId}
              isMatch={props.matches.has(row.id)}
              freshMark={row.type === 'key' ? inspector.freshKey(row.shown.key) : undefined}
              areValuesHidden={areValuesHidden}
              onFocus={onActivate}
            />
          );
        })}
      </ul>
    </div>
  );
}
