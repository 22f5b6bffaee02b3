/** A name for addresses: `Set and get` → `set-and-get`. "": the title has neither letters nor digits. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll("'", '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
