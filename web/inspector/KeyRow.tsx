import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { KeyEntry } from '../../protocol/inspection.ts';
import { kindOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { sizeOf } from './words.ts';

interface KeyRowProps {
  readonly entry: KeyEntry;
  readonly index: number;
  readonly startPx: number;
  readonly measure: (element: Element | null) => void;
  readonly isUnfolded: boolean;
  readonly isLoading: boolean;
  readonly onToggle: (key: string) => void;
  readonly onLoad: (key: string) => void;
}

const maxPreviewLength = 300;
/** Laying out more than this would hold up the page; copying always takes the whole. */
const maxShownLength = 200_000;

/** One key: its value on a line, unfolded the whole of it. */
export function KeyRow(props: KeyRowProps) {
  const { entry, isUnfolded } = props;
  return (
    <li
      ref={props.measure}
      data-index={props.index}
      className="key-row"
      style={{ transform: `translateY(${props.startPx}px)` }}
    >
      <button
        type="button"
        className="key-toggle"
        aria-expanded={isUnfolded}
        onClick={() => props.onToggle(entry.key)}
      >
        {isUnfolded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        <span className="key-name mono" title={entry.key}>
          {entry.key}
        </span>
        <span className="key-preview mono">{entry.value?.slice(0, maxPreviewLength)}</span>
        <span className="key-facts">
          {entry.value === undefined ? 'not loaded' : kindOf(entry.value)} · {sizeOf(entry.length)}
        </span>
      </button>
      {isUnfolded && entry.value !== undefined && <KeyValue value={entry.value} />}
      {isUnfolded && entry.value === undefined && (
        <div className="key-value">
          <Button disabled={props.isLoading} onClick={() => props.onLoad(entry.key)}>
            {props.isLoading ? 'Loading…' : `Load value (${sizeOf(entry.length)})`}
          </Button>
        </div>
      )}
    </li>
  );
}

function KeyValue({ value }: { readonly value: JsonText }) {
  const isCut = value.length > maxShownLength;
  const shown = useMemo(
    () => (isCut ? value.slice(0, maxShownLength) : prettyJson(value)),
    [value, isCut],
  );
  return (
    <div className="key-value">
      <div className="key-copy">
        <CopyButton label="Copy value" text={value} />
      </div>
      {isCut && (
        <p className="session-note">
          First {maxShownLength.toLocaleString('en')} of {value.length.toLocaleString('en')}{' '}
          characters. Copy value takes all of them.
        </p>
      )}
      <JsonView text={shown} />
    </div>
  );
}
