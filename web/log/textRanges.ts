/** A part of a text, from `start` up to but not including `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Whether the pattern is found in the text. */
export function isFound(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** Beyond this many matches in one text the others are not marked. */
const maxRanges = 1000;

/** Where the pattern is found in a text. Empty matches mark nothing. */
export function rangesOf(pattern: RegExp, text: string): TextRange[] {
  const ranges: TextRange[] = [];
  // The pattern remembers where its last match ended, in whatever text that was.
  pattern.lastIndex = 0;
  for (const match of text.matchAll(pattern)) {
    if (match[0] !== '') ranges.push({ start: match.index, end: match.index + match[0].length });
    if (ranges.length >= maxRanges) break;
  }
  return ranges;
}
