import { useMemo, type ReactNode } from 'react';
import { isInexactNumber, readByJavaScript } from '../../../protocol/json/numbers.ts';
import { colouredSpans, maxColouredLength, type ColouredSpan } from '../../ui/jsonColours.ts';
import { texts } from '../texts.ts';
import { cutAt } from './previewPieces.ts';
import type { KeyFate } from '../../../protocol/wire/resultFacts.ts';
import type { TextMatches } from '../search/logSearch.ts';
import type { TextRange } from '../search/textRanges.ts';
import type { KeyMark } from './keyMarks.ts';
import '../../ui/JsonView.css';

/** What is marked in a payload. */
export interface PayloadMarks {
  /** Of the search. */
  readonly matches: TextMatches;
  /** What caused a refusal. */
  readonly faults: readonly TextRange[];
  /** Names of keys that changed. */
  readonly keys: readonly KeyMark[];
}

interface PayloadTextProps {
  readonly text: string;
  /** What is shown of it: whole lines. */
  readonly part: TextRange;
  readonly marked: PayloadMarks;
}

/** JSON text in colours, with every digit, and what is to be seen in it marked. */
export function PayloadText({ text, part, marked: { matches, faults, keys } }: PayloadTextProps) {
  const { start, end } = part;
  const content = useMemo(
    () => colour(text, { start, end }, { matches, faults, keys }),
    [text, start, end, matches, faults, keys],
  );
  return (
    <pre className="json-view" translate="no">
      {content}
    </pre>
  );
}

function colour(text: string, part: TextRange, marks: PayloadMarks): ReactNode[] {
  if (text.length > maxColouredLength) return marked(text, marks, part);
  const parts: ReactNode[] = [];
  let from = part.start;
  for (const span of colouredSpans(text)) {
    const { start, end } = span;
    if (start < part.start || end > part.end) continue;
    parts.push(...marked(text, marks, { start: from, end: start }));
    parts.push(
      <span key={start} {...lookOf(span, text.slice(start, end), marks)}>
        {marked(text, marks, span)}
      </span>,
    );
    from = end;
  }
  parts.push(...marked(text, marks, { start: from, end: part.end }));
  return parts;
}

function lookOf({ kind, start, end }: ColouredSpan, written: string, { keys }: PayloadMarks) {
  const key = keys.find((each) => each.start <= start && each.end >= end);
  if (key) {
    return { className: `json-${kind} key-fate is-${key.fate}`, title: fateTexts[key.fate] };
  }
  if (kind !== 'number' || !isInexactNumber(written)) return { className: `json-${kind}` };
  const title = texts.bigNumberTitle(readByJavaScript(written));
  return { className: 'json-number is-big', title };
}

const fateTexts: Readonly<Record<KeyFate, string | undefined>> = {
  stored: texts.fateStored,
  replaced: texts.fateReplaced,
  removed: texts.fateRemoved,
  changed: texts.fateChanged,
  existing: texts.fateExisting,
  missing: texts.fateMissing,
  found: undefined,
};

/** A part of the text with its faults, and the matches of the search within and without. */
function marked(text: string, { matches, faults }: PayloadMarks, part: TextRange): ReactNode[] {
  let at = part.start;
  return cutAt(text, faults, part).flatMap((piece): ReactNode[] => {
    const range = { start: at, end: at + piece.text.length };
    at = range.end;
    const found = matched(text, matches, range);
    if (!piece.isMatch) return found;
    return [
      <mark key={`f${range.start}`} className="log-faulty">
        {found}
      </mark>,
    ];
  });
}

function matched(text: string, matches: TextMatches, part: TextRange): ReactNode[] {
  let at = part.start;
  return cutAt(text, matches, part).map((piece) => {
    const key = `m${at}`;
    at += piece.text.length;
    return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
  });
}
