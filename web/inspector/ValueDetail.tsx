import { Download } from 'lucide-react';
import { useMemo } from 'react';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { formatSize } from './formatSize.ts';
import type { KeyRow } from './watchedKeys.ts';

interface ValueDetailProps {
  readonly row: KeyRow;
  readonly isLive: boolean;
  readonly onLoad: () => void;
}

/** Longer values are shown in part and as stored: laying them out would hold up the page. */
const maxLaidOutLength = 100_000;

/** A value, laid out, digit for digit. */
export function ValueDetail({ row, isLive, onLoad }: ValueDetailProps) {
  const { key, value, length } = row;
  if (value.state !== 'here') {
    return (
      <div className="value-tools">
        <Button disabled={!isLive || value.state === 'asked'} onClick={onLoad}>
          <Download size={14} aria-hidden />
          {value.state === 'asked' ? 'Loading…' : `Load value (${formatSize(length)})`}
        </Button>
        <CopyButton label="Copy key" text={key} />
      </div>
    );
  }
  return (
    <>
      <div className="value-tools">
        <LabelledCopy label="Copy key" word="key" text={key} />
        <LabelledCopy label="Copy value" word="value" text={value.json} />
      </div>
      <Value json={value.json} />
    </>
  );
}

interface LabelledCopyProps {
  readonly label: string;
  readonly word: string;
  readonly text: string;
}

/** Two copy buttons side by side need a word each. */
function LabelledCopy({ label, word, text }: LabelledCopyProps) {
  return (
    <span className="value-copy">
      <span aria-hidden>{word}</span>
      <CopyButton label={label} text={text} />
    </span>
  );
}

function Value({ json }: { readonly json: JsonText }) {
  const isShort = json.length <= maxLaidOutLength;
  const text = useMemo(
    () => (isShort ? prettyJson(json) : json.slice(0, maxLaidOutLength)),
    [json, isShort],
  );
  return (
    <>
      <JsonView text={text} />
      {!isShort && (
        <p className="session-hint">
          The first {maxLaidOutLength.toLocaleString('en')} of {json.length.toLocaleString('en')}{' '}
          characters, as stored. Copy value has all of them.
        </p>
      )}
    </>
  );
}
