import type { MessageLog } from '../store/messageLog.ts';
import { previewPieces } from '../payload/previewPieces.ts';
import { useMatches } from '../payload/useMatches.ts';

/** A payload on one line, around the first match of a search. */
export function RowPreview({ log, text }: { readonly log: MessageLog; readonly text: string }) {
  const matches = useMatches(log, text);
  let at = 0;
  return (
    <code className="log-preview" translate="no">
      {previewPieces(text, matches).map((piece) => {
        const key = at;
        at += piece.text.length;
        return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
      })}
    </code>
  );
}
