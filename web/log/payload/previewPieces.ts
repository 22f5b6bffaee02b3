import type { TextRange } from '../search/textRanges.ts';

/** A part of a preview. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Characters of a payload that a row shows. */
const previewLength = 400;
/** Characters shown before the first match, so that it is seen in a narrow row too. */
const leadLength = 12;
const longToken = /(?<="tkn"\s*:\s*"?\d{4})\d+(?=\d{4})/g;

/**
 * The part of a payload that a row shows, on one line: its start, or the surroundings of the first
 * match. Tokens are shortened, even where they match.
 */
export function previewPieces(text: string, matches: readonly TextRange[]): Piece[] {
  const first = matches[0]?.start ?? 0;
  const from = first > 2 * leadLength ? first - leadLength : 0;
  // White space becomes spaces one for one, which the page shows as a single one.
  const shown = text.slice(from, from + previewLength).replace(/\s/g, ' ');
  const ranges = matches.map(({ start, end }) => ({ start: start - from, end: end - from }));
  const pieces: Piece[] = from > 0 ? [{ text: '…', isMatch: false }] : [];
  let at = 0;
  for (const token of shown.matchAll(longToken)) {
    const end = token.index + token[0].length;
    pieces.push(...cutAt(shown, ranges, { start: at, end: token.index }));
    const isMatch = ranges.some((range) => range.start < end && range.end > token.index);
    pieces.push({ text: '…', isMatch });
    at = end;
  }
  pieces.push(...cutAt(shown, ranges, { start: at, end: shown.length }));
  return pieces;
}

/** Cuts a part of a text where matches begin and end. */
export function cutAt(text: string, ranges: readonly TextRange[], part: TextRange): Piece[] {
  const pieces: Piece[] = [];
  let at = part.start;
  const add = (end: number, isMatch: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), isMatch });
    at = Math.max(at, end);
  };
  for (const { start, end } of ranges) {
    if (start >= part.end) break;
    if (end <= at) continue;
    add(Math.min(start, part.end), false);
    add(Math.min(end, part.end), true);
  }
  add(part.end, false);
  return pieces;
}
