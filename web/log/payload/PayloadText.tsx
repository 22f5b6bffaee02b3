import { useMemo, type ReactNode } from 'react';
import { isInexactNumber, readByJavaScript } from '../../../protocol/json/numbers.ts';
import { colouredSpans, maxColouredLength, type ColouredSpan } from '../../ui/jsonColours.ts';
import { texts } from '../texts.ts';
import { cutAt } from './previewPieces.ts';
import type { TextMatches } from '../search/logSearch.ts';
import '../../ui/JsonView.css';

interface PayloadTextProps {
  readonly text: string;
  readonly matches: TextMatches;
}

/** JSON text in colours, with every digit, and the matches of the search marked. */
export function PayloadText({ text, matches }: PayloadTextProps) {
  const content = useMemo(() => colour(text, matches), [text, matches]);
  return (
    <pre className="json-view" translate="no">
      {content}
    </pre>
  );
}

function colour(text: string, matches: TextMatches): ReactNode[] {
  if (text.length > maxColouredLength) return marked(text, matches, { start: 0, end: text.length });
  const parts: ReactNode[] = [];
  let from = 0;
  for (const span of colouredSpans(text)) {
    const { start, end } = span;
    parts.push(...marked(text, matches, { start: from, end: start }));
    parts.push(
      <span key={start} {...lookOf(span, text.slice(start, end))}>
        {marked(text, matches, span)}
      </span>,
    );
    from = end;
  }
  parts.push(...marked(text, matches, { start: from, end: text.length }));
  return parts;
}

function lookOf({ kind }: ColouredSpan, written: string) {
  if (kind !== 'number' || !isInexactNumber(written)) return { className: `json-${kind}` };
  const title = texts.bigNumberTitle(readByJavaScript(written));
  return { className: 'json-number is-big', title };
}

function marked(
  text: string,
  matches: TextMatches,
  part: { readonly start: number; readonly end: number },
): ReactNode[] {
  let at = part.start;
  return cutAt(text, matches, part).map((piece) => {
    const key = `m${at}`;
    at += piece.text.length;
    return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
  });
}
