import { Fragment, useMemo, useState } from 'react';
import { inexactNumbersIn } from '../../../protocol/json/numbers.ts';
import type { ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { Button } from '../../ui/Button.tsx';
import { faultRanges, explainedSlices } from './explainedSlices.ts';
import { ExplanationBox } from './Explanations.tsx';
import type { Explanation } from './explainReply.ts';
import { keyMarks, type KeyFates } from './keyMarks.ts';
import { mapRanges } from './mapRanges.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { PayloadText } from './PayloadText.tsx';
import { useMatches } from './useMatches.ts';
import { maxFormattedLength } from './usePayload.ts';

/** Characters shown at first, and added each time: more would block the page. */
const shownAtATime = 100_000;
/** Numbers that are named below a payload. */
const maxNamedNumbers = 5;

export interface PlainPayloadProps {
  readonly log: MessageLog;
  readonly entry: SentEntry | ReceivedEntry;
  /** The payload, formatted or raw. */
  readonly text: string;
  /** What the payload got wrong, explained at its place. */
  readonly explained: readonly Explanation[];
  readonly fates: KeyFates;
}

/** A payload as text with the matches of a search marked; a long one in parts. */
export function PlainPayload({ log, entry, text, explained, fates }: PlainPayloadProps) {
  const [limit, setLimit] = useState(shownAtATime);
  const found = useMatches(log, entry.text);
  const matches = useMemo(
    () => (text === entry.text ? found : mapRanges(entry.text, text, found)),
    [entry.text, text, found],
  );
  const marks = useMemo(() => keyMarks(entry.text, text, fates), [entry.text, text, fates]);
  const faults = useMemo(() => faultRanges(text, explained), [text, explained]);
  const hiddenLength = text.length - limit;
  const shown = hiddenLength > 0 ? text.slice(0, limit) : text;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div className="log-payload" role="group" aria-label={texts.payload} tabIndex={0}>
        {explainedSlices(shown, explained).map(({ start, end, explanations }) => (
          <Fragment key={start}>
            <PayloadText
              text={shown}
              part={{ start, end }}
              marked={{ matches, faults, keys: marks }}
            />
            {explanations.map((explanation) => (
              <ExplanationBox key={explanation.status} explanation={explanation} />
            ))}
          </Fragment>
        ))}
      </div>
      {hiddenLength > 0 && (
        <p className="log-hidden">
          {texts.hiddenCharacters(hiddenLength)}{' '}
          <Button look="quiet" onClick={() => setLimit(limit + shownAtATime)}>
            {texts.showMore(Math.min(shownAtATime, hiddenLength))}
          </Button>
        </p>
      )}
      <InexactNumbers text={text} />
    </>
  );
}

/** Which numbers a JavaScript client would read as others, each once. */
function InexactNumbers({ text }: { readonly text: string }) {
  const numbers = useMemo(() => {
    if (text.length > maxFormattedLength) return [];
    const found = inexactNumbersIn(text, Number.POSITIVE_INFINITY);
    return [...new Map(found.map(({ written, read }) => [written, read]))];
  }, [text]);
  if (numbers.length === 0) return null;
  return (
    <ul className="log-hidden">
      {numbers.slice(0, maxNamedNumbers).map(([written, read]) => (
        <li key={written}>{texts.bigNumber(written, read)}</li>
      ))}
      {numbers.length > maxNamedNumbers && (
        <li>{texts.moreBigNumbers(numbers.length - maxNamedNumbers)}</li>
      )}
    </ul>
  );
}
