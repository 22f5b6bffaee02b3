import { useMemo, type ReactNode } from 'react';
import './JsonView.css';

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/gs;

/** Beyond this many characters JSON is shown without colours, which cost an element a token. */
const maxColouredLength = 50_000;

/** JSON text in colours, digit for digit as it was given. */
export function JsonView({ text }: { readonly text: string }) {
  const content = useMemo(() => (text.length > maxColouredLength ? text : colour(text)), [text]);
  return <pre className="json-view">{content}</pre>;
}

function colour(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    const [whole, string, colon, number] = match;
    parts.push(text.slice(from, match.index));
    const kind =
      string === undefined
        ? number === undefined
          ? 'word'
          : 'number'
        : colon === undefined
          ? 'string'
          : 'key';
    parts.push(
      <span key={match.index} className={`json-${kind}`}>
        {string ?? whole}
      </span>,
    );
    if (colon !== undefined) parts.push(colon);
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}
