import type { TextRange } from '../search/textRanges.ts';

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * Maps ranges of a JSON text to the same JSON in another format: only white space around tokens
 * differs.
 * @param ranges In order, not overlapping.
 */
export function mapRanges(
  from: string,
  to: string,
  ranges: readonly TextRange[],
): readonly TextRange[] {
  const mapped: TextRange[] = [];
  let here = 0;
  let there = 0;
  const goTo = (end: number) => {
    while (here < end && there < to.length) {
      if (from.charCodeAt(here) === to.charCodeAt(there)) {
        here += 1;
        there += 1;
      } else if (isSpace(to.charCodeAt(there))) there += 1;
      else here += 1;
    }
    return there;
  };
  for (const { start, end } of ranges) {
    goTo(start);
    // The space that formatting puts before a token is no part of the match.
    while (isSpace(to.charCodeAt(there)) && !isSpace(from.charCodeAt(start))) there += 1;
    const mappedStart = there;
    mapped.push({ start: mappedStart, end: goTo(end) });
  }
  return mapped;
}
