import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { isInexactNumber } from '../../../protocol/json/numbers.ts';
import { shortName, visibleName, visibleText } from '../../../protocol/text/visibleText.ts';
import { eachPart } from '../../ui/eachPart.ts';
import { partsAtATime } from '../../ui/jsonTree.ts';
import { FreshMark } from '../FreshMark.tsx';
import { sizeOf } from '../words.ts';
import type { SessionRow, ShownKey } from './keyRows.ts';
import { stateTexts, texts } from './texts.ts';

interface TreeLineProps {
  readonly row: SessionRow;
  readonly topPx: number;
  readonly isActive: boolean;
  readonly isMatch: boolean;
  readonly freshMark: number | undefined;
  /** Whether the key lacks the right to see values. */
  readonly areValuesHidden: boolean;
  readonly onFocus: (id: string) => void;
}

/** Characters of a value that a line shows. */
const maxPreviewLength = 300;
/** Of a longer branch the parts are not counted. */
const maxCountedLength = 4_000;

/** One line of the tree of a session: a key, a part of a value, or what shows more of them. */
export function TreeLine(props: TreeLineProps) {
  const { row, topPx, isActive, isMatch, freshMark, areValuesHidden, onFocus } = props;
  const isBranch = row.type !== 'more' && row.isBranch;
  const state = row.type === 'key' ? row.shown.state : 'stored';
  return (
    <li
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={isBranch ? row.isOpen : undefined}
      aria-selected={isActive}
      data-id={row.id}
      tabIndex={isActive ? 0 : -1}
      className={`tree-line is-${state}${isMatch ? ' is-match' : ''}`}
      style={{ paddingLeft: `${8 + row.depth * 16}px`, transform: `translateY(${topPx}px)` }}
      onFocus={() => onFocus(row.id)}
    >
      <FreshMark mark={freshMark} />
      {isBranch ? <ChevronRight size={14} className="tree-chevron" aria-hidden /> : <i />}
      {row.type === 'more' && <span className="tree-more">{texts.showMore(partsAtATime)}</span>}
      {row.type === 'key' && <KeyWords shown={row.shown} isHidden={areValuesHidden} />}
      {row.type === 'node' && (
        <>
          <Label label={row.label} />
          <Preview json={row.json} isBranch={row.isBranch} />
        </>
      )}
    </li>
  );
}

interface KeyWordsProps {
  readonly shown: ShownKey;
  readonly isHidden: boolean;
}

function KeyWords({ shown, isHidden }: KeyWordsProps) {
  const { key, value, length, state } = shown;
  const size = useMemo(() => sizeOf({ key, length, value }), [key, length, value]);
  const missing = isHidden ? texts.hidden : texts.notLoaded;
  return (
    <>
      <Label label={key} />
      {value !== undefined && <Preview json={value} isBranch={false} />}
      {state !== 'stored' && (
        <span className={state === 'conflict' ? 'chip is-bad' : 'chip is-warn'}>
          {stateTexts[state]}
        </span>
      )}
      <span className="tree-facts">
        {value === undefined ? missing : kindOf(value)} · {size}
      </span>
    </>
  );
}

function Label({ label }: { readonly label: string | number | undefined }) {
  if (label === undefined) return null;
  if (typeof label === 'number') return <span className="tree-index mono">{label}</span>;
  const name = visibleName(label);
  return (
    <bdi className="tree-name mono" title={name} translate="no">
      {shortName(name)}
    </bdi>
  );
}

function Preview({ json, isBranch }: { readonly json: JsonText; readonly isBranch: boolean }) {
  const kind = kindOf(json);
  const text = isBranch ? summaryOf(json) : visibleText(json.slice(0, maxPreviewLength));
  const isBig = kind === 'number' && isInexactNumber(json);
  return (
    <bdi className={`tree-preview mono ${classOf(kind)}${isBig ? ' is-big' : ''}`} translate="no">
      {text}
    </bdi>
  );
}

function classOf(kind: ReturnType<typeof kindOf>): string {
  if (kind === 'number' || kind === 'string') return `json-${kind}`;
  return kind === 'object' || kind === 'array' ? 'json-branch' : 'json-word';
}

function summaryOf(json: JsonText): string {
  const isArray = kindOf(json) === 'array';
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (json.length > maxCountedLength) return `${open}…${close}`;
  let count = 0;
  eachPart(json, () => {
    count += 1;
    return true;
  });
  return `${open}…${close} ${isArray ? texts.elements(count) : texts.members(count)}`;
}

interface WaitingLineProps extends Pick<TreeLineProps, 'topPx' | 'isActive' | 'onFocus'> {
  readonly id: string;
}

/** A key that is on its way. */
export function WaitingLine({ id, topPx, isActive, onFocus }: WaitingLineProps) {
  return (
    <li
      role="treeitem"
      aria-level={1}
      aria-selected={isActive}
      aria-label={texts.loading}
      data-id={id}
      tabIndex={isActive ? 0 : -1}
      className="tree-line"
      style={{ paddingLeft: '8px', transform: `translateY(${topPx}px)` }}
      onFocus={() => onFocus(id)}
    >
      <i />
      <span className="session-blank" />
    </li>
  );
}
