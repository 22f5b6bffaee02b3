import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type MouseEvent } from 'react';
import { kindOf, PartCursor, plainTextOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { CopyValue } from '../../ui/CopyValue.tsx';
import { shortened } from '../../ui/shortened.ts';
import { copyText } from '../../ui/copyText.ts';
import { treeRowPx } from '../../ui/rowHeights.ts';
import { useFocusWhenRendered } from '../../ui/virtualList/useFocusWhenRendered.ts';
import {
  arrayRows,
  useReadingPosition,
  useVirtualList,
} from '../../ui/virtualList/useVirtualList.ts';
import { readJsonAsWritten } from '../../../protocol/json/readJson.ts';
import { eachPart } from '../../ui/eachPart.ts';
import { isInexactNumber, readByJavaScript } from '../../../protocol/json/numbers.ts';
import { formatBytes } from '../../ui/format.ts';
import { texts } from '../texts.ts';
import { treeKeyHandler } from '../../ui/treeKeyHandler.ts';
import {
  partsAtATime,
  rootId,
  rowActed,
  stepOf,
  treeRows,
  type TreeNode,
  type TreeParts,
  type TreeRow,
  type TreeState,
} from '../../ui/jsonTree.ts';
import { maxFormattedLength } from './usePayload.ts';
import './PayloadTree.css';

/** A JSON value to fold and unfold, with every digit. */
export function PayloadTree({ text }: { readonly text: string }) {
  const json = useReadJson(text);
  if (!json) return <p className="log-hidden">{texts.loading}</p>;
  return json.ok ? <JsonTree json={json.value} /> : <p className="log-hidden">{texts.notJson}</p>;
}

function JsonTree({ json }: { readonly json: JsonText }) {
  const [state, setState] = useState<TreeState>(() => firstState(json));
  const [known] = useState<TreeParts>(() => new Map());
  const [activeId, setActiveId] = useState(rootId);
  const [notice, setNotice] = useState('');
  const rows = useMemo(() => treeRows(json, state, known), [json, state, known]);
  const scroller = useRef<HTMLDivElement>(null);
  const [position, onMove] = useReadingPosition<string>();
  const list = useVirtualList({
    rows: arrayRows(rows, ({ id }) => id),
    rowPx: treeRowPx,
    scroller,
    position,
    onMove,
    activeId,
  });
  const focus = useFocusWhenRendered({
    scroller,
    activeId,
    onActivate: setActiveId,
    selector: '[role=treeitem]',
  });

  const act = (id: string) => {
    const row = rows.find((each) => each.id === id);
    if (row) setState((before) => rowActed(before, row));
  };
  const onKeyDown = treeKeyHandler({
    rows,
    activeId,
    act,
    focus: (id) => {
      list.reveal(id);
      focus(id);
    },
    copy: async (copied) => setNotice((await copyText(copied)) ? texts.copied : texts.copyRefused),
  });
  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('.tree-copy')) return;
    const id = event.target.closest<HTMLElement>('[role=treeitem]')?.dataset['id'];
    if (id !== undefined) act(id);
  };
  return (
    <div className="log-payload payload-tree" ref={scroller}>
      <ul
        role="tree"
        aria-label={texts.tree}
        style={{ height: list.layout.totalPx }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        {list.indexes.map((index) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TreeItem
              key={row.id}
              row={row}
              topPx={list.layout.topOf(index)}
              isActive={row.id === activeId}
              onFocus={setActiveId}
            />
          );
        })}
      </ul>
      <span role="status" className="visually-hidden">
        {notice}
      </span>
    </div>
  );
}

interface TreeItemProps {
  readonly row: TreeRow;
  readonly topPx: number;
  readonly isActive: boolean;
  readonly onFocus: (id: string) => void;
}

function TreeItem({ row, topPx, isActive, onFocus }: TreeItemProps) {
  return (
    <li
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.type === 'node' && row.isBranch ? row.isOpen : undefined}
      aria-selected={isActive}
      data-id={row.id}
      tabIndex={isActive ? 0 : -1}
      style={{ paddingLeft: `${row.depth * 16}px`, transform: `translateY(${topPx}px)` }}
      onFocus={() => onFocus(row.id)}
    >
      {row.type === 'node' ? (
        <NodeLine node={row} />
      ) : (
        <span className="tree-more">{texts.showMore(partsAtATime)}</span>
      )}
    </li>
  );
}

/** The first level is open, and the body of the command. */
function firstState(json: JsonText): TreeState {
  const open = new Set([rootId]);
  if (kindOf(json) === 'object') {
    const first = new PartCursor(json);
    if (first.advance(Number.POSITIVE_INFINITY) === 'part') {
      open.add(`${rootId}/${stepOf(first.step)}`);
    }
  }
  return { open, limits: new Map() };
}

function NodeLine({ node }: { readonly node: TreeNode }) {
  const { label, kind, json, isBranch } = node;
  const isBig = kind === 'number' && isInexactNumber(json);
  return (
    <>
      {isBranch ? <ChevronRight size={14} className="tree-chevron" aria-hidden /> : <i />}
      <code translate="no">
        {label !== undefined && <span className="json-key">{label}</span>}
        {label !== undefined && ': '}
        {isBranch ? (
          <span className="tree-summary">{summaryOf(json)}</span>
        ) : (
          <span className={classOfKind(kind, isBig)}>{shortened(json, maxValueLength)}</span>
        )}
      </code>
      {node.isRepeated && <em className="tree-big">{texts.repeatedName}</em>}
      {isBig && <em className="tree-big">{texts.bigNumberTitle(readByJavaScript(json))}</em>}
      {/* A part of the row: the key C copies as well, so it is no separate stop. */}
      <span className="tree-copy">
        <CopyValue json={json} text={plainTextOf(json)} tabIndex={-1} />
      </span>
    </>
  );
}

function classOfKind(kind: TreeNode['kind'], isBig: boolean): string {
  if (isBig) return 'json-number is-big';
  return kind === 'number' || kind === 'string' ? `json-${kind}` : 'json-word';
}

/** Characters of one value that a line shows; a copy has all. */
const maxValueLength = 500;
/** Larger branches show their size: counting their parts would take too long. */
const maxCountedLength = 20_000;

function summaryOf(json: JsonText): string {
  const isArray = kindOf(json) === 'array';
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (json.length > maxCountedLength) return `${open}…${close} ${formatBytes(json.length)}`;
  let count = 0;
  eachPart(json, () => {
    count += 1;
    return true;
  });
  const summary = isArray ? texts.elements(count) : texts.members(count);
  return `${open}…${close} ${summary}`;
}

type Read = ReturnType<typeof readJsonAsWritten>;

/** A text as JSON. A long one is read in a worker, and undefined until that has answered. */
function useReadJson(text: string): Read | undefined {
  const isLong = text.length > maxFormattedLength;
  const [json, setJson] = useState(() => (isLong ? undefined : readJsonAsWritten(text)));
  useEffect(() => {
    if (!isLong) return undefined;
    const worker = new Worker(new URL('./jsonReader.worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.addEventListener('message', ({ data }: MessageEvent<Read>) => setJson(data));
    // Its script could not be fetched: read it here, which takes longer.
    worker.addEventListener('error', () => setJson(readJsonAsWritten(text)));
    worker.postMessage(text);
    return () => worker.terminate();
  }, [text, isLong]);
  return json;
}
