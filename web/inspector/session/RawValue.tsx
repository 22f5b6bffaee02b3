import { useMemo } from 'react';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { prettyJson } from '../../../protocol/json/prettyJson.ts';
import { visibleJson } from '../../../protocol/text/visibleText.ts';
import { JsonView } from '../../ui/JsonView.tsx';
import { texts } from './texts.ts';

/** Laying out more than this would hold up the page; copying always takes the whole. */
const maxShownLength = 100_000;

/** A value as text, every digit as it is stored. */
export function RawValue({ json }: { readonly json: JsonText }) {
  const isCut = json.length > maxShownLength;
  const shown = useMemo(
    () => visibleJson(isCut ? json.slice(0, maxShownLength) : prettyJson(json)),
    [json, isCut],
  );
  return (
    <>
      {isCut && (
        <p className="session-note">{texts.firstCharacters(maxShownLength, json.length)}</p>
      )}
      <JsonView text={shown} />
    </>
  );
}
