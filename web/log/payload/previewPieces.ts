import type { TextRange } from '../search/textRanges.ts';
import { compactPreview, type Preview } from '../../../protocol/wire/compactPreview.ts';

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
 * The part of a payload that a row shows, on one line. Of a message of the protocol it is what the
 * body holds, without envelope and token; where a search found something else, its surroundings.
 */
export function previewPieces(text: string, matches: readonly TextRange[]): Piece[] {
  const compact = compactPreview(text);
  if (!compact) return rawPieces(text, matches);
  const shown = matches.flatMap((match) => rangesIn(compact, match));
  const isOther = shown.length === 0 && matches.some(({ start }) => start >= compact.bodyAt);
  if (isOther) return rawPieces(text, matches);
  const from = startFor(shown);
  const part = { start: from, end: Math.min(compact.text.length, from + previewLength) };
  return [...ellipsis(from > 0), ...cutAt(compact.text, shown, part)];
}

/** The text as it is; tokens are shortened, even where they match. */
function rawPieces(text: string, matches: readonly TextRange[]): Piece[] {
  const from = startFor(matches);
  // White space becomes spaces one for one, which the page shows as a single one.
  const shown = text.slice(from, from + previewLength).replace(/\s/g, ' ');
  const ranges = matches.map(({ start, end }) => ({ start: start - from, end: end - from }));
  const pieces = ellipsis(from > 0);
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

/** Where to begin so that the first match is seen. */
function startFor(matches: readonly TextRange[]): number {
  const first = matches[0]?.start ?? 0;
  return first > 2 * leadLength ? first - leadLength : 0;
}

function ellipsis(isCut: boolean): Piece[] {
  return isCut ? [{ text: '…', isMatch: false }] : [];
}

/** Where a range of the payload is in its preview. */
function rangesIn({ copied }: Preview, { start, end }: TextRange): TextRange[] {
  return copied.flatMap((part) => {
    const from = Math.max(start, part.from);
    const to = Math.min(end, part.from + part.length);
    const shift = part.at - part.from;
    return from < to ? [{ start: from + shift, end: to + shift }] : [];
  });
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
