import { ChevronRight } from 'lucide-react';
import { memo, useMemo } from 'react';
import { formatSize, sizeOfText } from './formatSize.ts';
import { previewValue } from './previewValue.ts';
import { ValueDetail } from './ValueDetail.tsx';
import { visibleName } from './visibleText.ts';
import type { KeyRow, KeyValue } from './watchedKeys.ts';

interface KeyRowsProps {
  readonly row: KeyRow;
  readonly index: number;
  readonly startPx: number;
  readonly measure: (element: Element | null) => void;
  readonly isUnfolded: boolean;
  /** Whether it has just changed. */
  readonly isFresh: boolean;
  readonly isLive: boolean;
  readonly onToggle: (key: string) => void;
  readonly onLoad: (key: string) => void;
}

const maxKeyLength = 120;
const maxTitleLength = 1000;

/** A key on one line; unfolded, its value below. */
export const KeyRows = memo(function KeyRows(props: KeyRowsProps) {
  const { row, index, startPx, isUnfolded, isFresh } = props;
  const { key, value, changedAtMs } = row;
  const size = value.state === 'here' ? sizeOfText(value.json) : formatSize(row.length);
  return (
    <tr
      ref={props.measure}
      data-index={index}
      aria-rowindex={index + 2}
      className="key-row"
      style={{ transform: `translateY(${startPx}px)` }}
    >
      <td className="key-name">
        {isFresh && <span key={changedAtMs} className="fresh" />}
        <button
          type="button"
          className="key-toggle"
          aria-expanded={isUnfolded}
          title={visibleName(key, maxTitleLength)}
          onClick={() => props.onToggle(key)}
        >
          <ChevronRight size={14} className="key-chevron" aria-hidden />
          <bdi>{visibleName(key, maxKeyLength)}</bdi>
        </button>
      </td>
      <td className="key-preview">
        <Preview value={value} />
      </td>
      <td className="key-size">{size}</td>
      {isUnfolded && (
        <td className="key-detail">
          <ValueDetail row={row} isLive={props.isLive} onLoad={() => props.onLoad(key)} />
        </td>
      )}
    </tr>
  );
});

function Preview({ value }: { readonly value: KeyValue }) {
  const json = value.state === 'here' ? value.json : undefined;
  const preview = useMemo(() => (json === undefined ? undefined : previewValue(json)), [json]);
  if (!preview) return <span className="key-away">long value, not loaded</span>;
  const { kind, type, badge, text } = preview;
  return (
    <>
      <span className="visually-hidden">{type}: </span>
      {badge !== '' && (
        <span className="key-badge" title={type} aria-hidden>
          {badge}
        </span>
      )}
      <code className={`key-text is-${kind}`}>{text}</code>
    </>
  );
}
