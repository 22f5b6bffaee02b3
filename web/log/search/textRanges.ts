import { foldedPlaces, holdsFolded, isBeyondAscii } from '../../../protocol/text/foldText.ts';

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

/** A text to look for, as it is or folded; undefined: upper and lower case make a difference. */
export interface PlainSearch {
  readonly pattern: RegExp;
  readonly folded: string | undefined;
}

/**
 * Whether a text holds what is looked for. Most are found or left without folding them.
 * @param isAscii Known to have nothing to fold: then the look for it is spared.
 */
export function holds({ pattern, folded }: PlainSearch, text: string, isAscii = false): boolean {
  if (isFound(pattern, text)) return true;
  if (isAscii || folded === undefined) return false;
  return isBeyondAscii(text) && holdsFolded(text, folded);
}

/** Where a text holds what is looked for. */
export function placesOf({ pattern, folded }: PlainSearch, text: string): TextRange[] {
  if (folded === undefined || !isBeyondAscii(text)) return rangesOf(pattern, text);
  const ranges: TextRange[] = [];
  for (const range of foldedPlaces(text, folded)) {
    ranges.push(range);
    if (ranges.length >= maxRanges) break;
  }
  return ranges;
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
