import type { Piece } from '../payload/previewPieces.ts';

/** A preview with what a search found in it marked. */
export function PreviewText({ pieces }: { readonly pieces: readonly Piece[] }) {
  let at = 0;
  return (
    <code className="log-preview" translate="no">
      {pieces.map((piece) => {
        const key = at;
        at += piece.text.length;
        return piece.isMatch ? <mark key={key}>{piece.text}</mark> : piece.text;
      })}
    </code>
  );
}
