import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import { kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { Button } from '../../ui/Button.tsx';
import { useRowHeight } from '../../ui/virtualList/useRowHeight.ts';
import { JsonView } from '../../ui/JsonView.tsx';
import { FreshMark } from '../FreshMark.tsx';
import { KeyActions } from './KeyActions.tsx';
import { texts } from '../texts.ts';
import {
  shortName,
  visibleJson,
  visibleName,
  visibleText,
} from '../../../protocol/text/visibleText.ts';
import { sizeOf } from '../words.ts';

interface KeyRowProps {
  readonly entry: KeyEntry;
  readonly startPx: number;
  readonly freshMark: number | undefined;
  readonly isUnfolded: boolean;
  readonly isLoading: boolean;
  readonly onToggle: (key: string) => void;
  readonly onHeight: (key: string, heightPx: number) => void;
  readonly onLoad: (key: string) => void;
}

const maxPreviewLength = 300;
/** Laying out more than this would hold up the page; copying always takes the whole. */
const maxShownLength = 200_000;

/** One key: its value on a line, unfolded the whole of it. */
export function KeyRow(props: KeyRowProps) {
  const { entry, isUnfolded } = props;
  const row = useRowHeight<HTMLLIElement, string>(entry.key, isUnfolded, props.onHeight);
  const name = visibleName(entry.key);
  const size = useMemo(() => sizeOf(entry), [entry]);
  return (
    <li ref={row} className="key-row" style={{ transform: `translateY(${props.startPx}px)` }}>
      <FreshMark mark={props.freshMark} />
      <button
        type="button"
        className="key-toggle"
        aria-expanded={isUnfolded}
        onClick={() => props.onToggle(entry.key)}
      >
        {isUnfolded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
        <span className="key-name mono" title={name} translate="no">
          {shortName(name)}
        </span>
        <span className="key-preview mono" translate="no">
          {previewOf(entry)}
        </span>
        <span className="key-facts">
          {texts.factsOfKey(
            entry.value === undefined ? texts.notLoaded : kindOf(entry.value),
            size,
          )}
        </span>
      </button>
      {isUnfolded && (
        <div className="key-value">
          <KeyActions name={entry.key} value={entry.value}>
            {entry.value === undefined && (
              <Button disabled={props.isLoading} onClick={() => props.onLoad(entry.key)}>
                {props.isLoading ? texts.loading : texts.loadValue(size)}
              </Button>
            )}
          </KeyActions>
          {entry.value !== undefined && <KeyValue value={entry.value} />}
        </div>
      )}
    </li>
  );
}

function previewOf({ value }: KeyEntry): string | undefined {
  return value && visibleText(value.slice(0, maxPreviewLength));
}

function KeyValue({ value }: { readonly value: JsonText }) {
  const isCut = value.length > maxShownLength;
  const shown = useMemo(
    () => visibleJson(isCut ? value.slice(0, maxShownLength) : prettyJson(value)),
    [value, isCut],
  );
  return (
    <>
      {isCut && (
        <p className="session-note">{texts.firstCharacters(maxShownLength, value.length)}</p>
      )}
      <JsonView text={shown} />
    </>
  );
}
