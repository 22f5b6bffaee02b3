const utf8 = new TextEncoder();

/** The size of a text as it goes over the wire: `61 B`, `1.2 kB`, `3.4 MB` (thousands, not 1024). */
export function sizeOfText(text: string): string {
  return formatSize(utf8.encode(text).length);
}

/** @param bytes Of a text that is not here, its length in characters, which is close. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
