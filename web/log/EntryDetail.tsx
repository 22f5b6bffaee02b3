import { useState } from 'react';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { ReceivedEntry, SentEntry } from '../connection/exchange.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { JsonView } from '../ui/JsonView.tsx';
import { causesOf } from './formatEntry.ts';

/** Payloads longer than this are shown in part; copy and export always have all of it. */
const maxShownLength = 200_000;

/** The payload of a message: laid out, or byte for byte as it went over the wire. */
export function EntryDetail({ entry }: { readonly entry: SentEntry | ReceivedEntry }) {
  const [isRaw, setRaw] = useState(false);
  const isJson = readJson(entry.text).ok;
  const laidOut = isRaw || !isJson ? entry.text : prettyJson(entry.text);
  const hiddenLength = laidOut.length - maxShownLength;
  return (
    <div className="log-detail">
      {entry.kind === 'received' && <Causes entry={entry} />}
      <div className="log-detail-tools">
        <div role="group" aria-label="View" className="segments">
          <button type="button" aria-pressed={!isRaw} onClick={() => setRaw(false)}>
            Pretty
          </button>
          <button type="button" aria-pressed={isRaw} onClick={() => setRaw(true)}>
            Raw
          </button>
        </div>
        <CopyButton label="Copy payload" text={laidOut} />
      </div>
      <JsonView text={laidOut.slice(0, maxShownLength)} />
      {hiddenLength > 0 && (
        <p className="log-hidden">
          {hiddenLength.toLocaleString('en')} more characters. Copy has all of them.
        </p>
      )}
    </div>
  );
}

function Causes({ entry }: { readonly entry: ReceivedEntry }) {
  return (
    <>
      {causesOf(entry).map(({ status, code, cause }) => (
        <p key={status} className="log-cause">
          <strong>
            {code} {status}
          </strong>{' '}
          {cause}
        </p>
      ))}
      {entry.learned.length > 0 && (
        <p className="log-learned">
          Token kept as{' '}
          {entry.learned.map((name) => (
            <code key={name} className="chip is-accent">{`{{${name}}}`}</code>
          ))}
        </p>
      )}
    </>
  );
}
