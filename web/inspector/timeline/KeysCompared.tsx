import { ChevronDown, ChevronRight } from 'lucide-react';
import type { MomentKey } from '../../../protocol/inspection/timeline.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import {
  shortName,
  visibleJson,
  visibleName,
  visibleText,
} from '../../../protocol/text/visibleText.ts';
import { formatBytes } from '../../ui/format.ts';
import { JsonView } from '../../ui/JsonView.tsx';
import { texts } from './texts.ts';

/** Of a value that is not unfolded. */
const maxLineLength = 300;

interface KeysComparedProps {
  readonly keys: readonly MomentKey[];
  /** Heads of the columns of values; of two, both are shown side by side. */
  readonly heads: { readonly one: string; readonly other?: string };
  readonly unfolded: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

/** Keys with their values, at one moment or side by side at two. A value unfolds to the whole of it. */
export function KeysCompared({ keys, heads, unfolded, onToggle }: KeysComparedProps) {
  const isTwo = heads.other !== undefined;
  return (
    <table className="keys-compared">
      <thead>
        <tr>
          <th scope="col">{texts.key}</th>
          <th scope="col">{heads.one}</th>
          {isTwo && <th scope="col">{heads.other}</th>}
        </tr>
      </thead>
      <tbody>
        {keys.map((entry) => {
          const isUnfolded = unfolded.has(entry.key);
          const name = visibleName(entry.key);
          return (
            <tr key={entry.key}>
              <th scope="row">
                <button
                  type="button"
                  className="keys-compared-key"
                  aria-expanded={isUnfolded}
                  onClick={() => onToggle(entry.key)}
                >
                  {isUnfolded ? <ChevronDown size={14} /> : <ChevronRight size={14} />}
                  <span className="mono" title={name} translate="no">
                    {shortName(name)}
                  </span>
                </button>
              </th>
              <Value value={entry.value} length={entry.length} isUnfolded={isUnfolded} />
              {isTwo && (
                <Value value={entry.other} length={entry.otherLength} isUnfolded={isUnfolded} />
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface ValueProps {
  readonly value: JsonText | undefined;
  readonly length: number | undefined;
  readonly isUnfolded: boolean;
}

function Value({ value, length, isUnfolded }: ValueProps) {
  if (length === undefined) return <td className="is-missing">{texts.none}</td>;
  if (value === undefined) {
    return <td className="is-missing">{texts.tooLong(formatBytes(length))}</td>;
  }
  if (isUnfolded) {
    return (
      <td translate="no">
        <JsonView text={visibleJson(prettyJson(value))} />
      </td>
    );
  }
  return (
    <td className="mono" translate="no">
      {visibleText(value.slice(0, maxLineLength))}
    </td>
  );
}
