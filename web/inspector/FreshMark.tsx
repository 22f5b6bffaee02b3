/** A short tint over a row that changed. Another change is another mark and tints again. */
export function FreshMark({ mark }: { readonly mark: number | undefined }) {
  if (mark === undefined) return null;
  return <span key={mark} className="fresh-mark" aria-hidden="true" />;
}
