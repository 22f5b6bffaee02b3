import { useMemo, type ReactNode } from 'react';
import { isInexactNumber, readByJavaScript } from '../../../protocol/json/inexactNumber.ts';
import { texts } from '../texts.ts';
import { cutAt } from './previewPieces.ts';
import type { TextMatches } from '../search/logSearch.ts';
import '../../ui/JsonView.css';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/gs;

/** Beyond this many characters JSON is shown without colours, which cost an element a token. */
const maxColouredLength = 50_000;

interface PayloadTextProps {
  readonly text: string;
  readonly matches: TextMatches;
}

/** JSON text in colours, digit for digit as it was given, with the search's matches marked. */
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
  for (const match of text.matchAll(token)) {
    const [whole, string, colon] = match;
    const end = match.index + (string ?? whole).length;
    parts.push(...marked(text, matches, { start: from, end: match.index }));
    const inside = marked(text, matches, { start: match.index, end });
    parts.push(
      <span key={match.index} className={classOf(match)} title={titleOf(match[3])}>
        {inside}
      </span>,
    );
    if (colon !== undefined)
      parts.push(...marked(text, matches, { start: end, end: end + colon.length }));
    from = match.index + whole.length;
  }
  parts.push(...marked(text, matches, { start: from, end: text.length }));
  return parts;
}

function classOf([, string, colon, number]: RegExpExecArray): string {
  if (string !== undefined) return colon === undefined ? 'json-string' : 'json-key';
  if (number === undefined) return 'json-word';
  return isInexactNumber(number) ? 'json-number is-big' : 'json-number';
}

function titleOf(number: string | undefined): string | undefined {
  if (number === undefined || !isInexactNumber(number)) return undefined;
  return texts.bigNumberTitle(readByJavaScript(number));
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
