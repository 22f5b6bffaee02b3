import type { SearchEntry } from '../searchIndex.ts';

/** Characters of a text around what was found. */
const snippetLength = 120;

export function wordsIn(sought: string): readonly string[] {
  return sought.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Places that have all words, those first that have them in their heading. */
export function findEntries(
  entries: readonly SearchEntry[],
  words: readonly string[],
): readonly SearchEntry[] {
  const ranked = entries.flatMap((entry) => {
    const heading = entry.heading.toLowerCase();
    const all = `${heading} ${entry.page} ${entry.text}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const inHeading = words.filter((word) => heading.includes(word)).length;
    return [{ entry, rank: inHeading + (heading === words.join(' ') ? 1 : 0) }];
  });
  return ranked.toSorted((one, other) => other.rank - one.rank).map(({ entry }) => entry);
}

/** The text around the first word that is found in it; else its beginning. */
export function snippetOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...places, text.length) - snippetLength / 2);
  const start = places.length === 0 ? 0 : from;
  const part = text.slice(start, start + snippetLength).trim();
  return `${start > 0 ? '…' : ''}${part}${start + snippetLength < text.length ? '…' : ''}`;
}
