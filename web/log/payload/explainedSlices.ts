import type { Explanation } from './explainReply.ts';
import { mapRanges } from './mapRanges.ts';
import type { TextRange } from '../search/textRanges.ts';

/** Lines of a payload, and what is explained below the last of them. */
export interface ExplainedSlice {
  readonly start: number;
  readonly end: number;
  readonly explanations: readonly Explanation[];
}

/** What of a payload caused refusals, as it is shown. */
export function faultRanges(text: string, explained: readonly Explanation[]): readonly TextRange[] {
  return explained
    .flatMap(({ fault }) => (fault ? mapRanges(fault.text, text, fault.ranges) : []))
    .toSorted((one, other) => one.start - other.start);
}

/** Cuts a payload after each line that has something to explain. */
export function explainedSlices(
  text: string,
  explained: readonly Explanation[],
): readonly ExplainedSlice[] {
  const byLine = new Map<number, Explanation[]>();
  for (const explanation of explained) {
    const [range] = faultRanges(text, [explanation]);
    const newLine = text.indexOf('\n', range?.end ?? 0);
    const lineEnd = newLine < 0 ? text.length : newLine;
    byLine.set(lineEnd, [...(byLine.get(lineEnd) ?? []), explanation]);
  }
  const slices: ExplainedSlice[] = [];
  let start = 0;
  for (const [end, explanations] of [...byLine].toSorted(([one], [other]) => one - other)) {
    slices.push({ start, end, explanations });
    start = Math.min(end + 1, text.length);
  }
  if (start < text.length || slices.length === 0) {
    slices.push({ start, end: text.length, explanations: [] });
  }
  return slices;
}
