import { useMemo, type ReactNode } from 'react';
import { colouredSpans, maxColouredLength } from './jsonColours.ts';
import './JsonView.css';

/** JSON text in colours, digit for digit as it was given. */
export function JsonView({ text }: { readonly text: string }) {
  const content = useMemo(() => (text.length > maxColouredLength ? text : colour(text)), [text]);
  return <pre className="json-view">{content}</pre>;
}

function colour(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { kind, start, end } of colouredSpans(text)) {
    parts.push(text.slice(from, start));
    parts.push(
      <span key={start} className={`json-${kind}`}>
        {text.slice(start, end)}
      </span>,
    );
    from = end;
  }
  parts.push(text.slice(from));
  return parts;
}
