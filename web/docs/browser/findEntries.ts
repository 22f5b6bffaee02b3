import type { SearchEntry } from '../searchIndex.ts';

/** Characters of a text around what was found. */
const snippetLength = 120;

export function wordsIn(sought: string): readonly string[] {
  return sought.toLowerCase().split(/\s+/).filter(Boolean);
}

/** Places that have all words. First those with the words in their heading, best of all next to each other. */
export function findEntries(
  entries: readonly SearchEntry[],
  words: readonly string[],
): readonly SearchEntry[] {
  const ranked = entries.flatMap((entry) => {
    const rank = rankOf(entry, words);
    return rank === undefined ? [] : [{ entry, rank }];
  });
  return ranked.toSorted((one, other) => other.rank - one.rank).map(({ entry }) => entry);
}

/** @returns undefined when a word is missing. */
function rankOf(
  { heading, page, text }: SearchEntry,
  words: readonly string[],
): number | undefined {
  const [title, body] = [heading.toLowerCase(), text.toLowerCase()];
  const all = `${title} ${page.toLowerCase()} ${body}`;
  if (!words.every((word) => all.includes(word))) return undefined;
  const phrase = words.join(' ');
  const inTitle = words.filter((word) => title.includes(word)).length;
  const asPhrase = Number(title.includes(phrase)) + Number(title === phrase);
  return 2 * inTitle + 2 * asPhrase + Number(body.includes(phrase));
}

/** The text around the words, or the first of them that is found; else its beginning. */
export function snippetOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const sought = [words.join(' '), ...words].find((each) => lower.includes(each));
  const found = sought === undefined ? 0 : lower.indexOf(sought);
  const start = Math.max(0, found - snippetLength / 2);
  const part = text.slice(start, start + snippetLength).trim();
  return `${start > 0 ? '…' : ''}${part}${start + snippetLength < text.length ? '…' : ''}`;
}
