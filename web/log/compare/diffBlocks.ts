import type { DiffLine } from './diffLines.ts';

/** Lines that are shown together. */
export interface DiffBlock {
  /** Place of its first line. */
  readonly from: number;
  readonly lines: readonly DiffLine[];
  /** Equal lines far from any difference: folded away at first. */
  readonly isHidden: boolean;
}

/** Equal lines shown before and after a difference. */
const contextLines = 3;

/** Groups lines so that only differences and their surroundings lie open. */
export function diffBlocks(lines: readonly DiffLine[]): DiffBlock[] {
  const isNear = nearDifference(lines);
  const blocks: DiffBlock[] = [];
  let from = 0;
  for (let at = 1; at <= lines.length; at += 1) {
    if (at < lines.length && isNear[at] === isNear[from]) continue;
    const part = lines.slice(from, at);
    blocks.push({ from, lines: part, isHidden: !(isNear[from] ?? true) && part.length > 1 });
    from = at;
  }
  return blocks;
}

function nearDifference(lines: readonly DiffLine[]): boolean[] {
  const isNear = lines.map(() => false);
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]));
  for (const at of changed)
    isNear.fill(true, Math.max(0, at - contextLines), at + contextLines + 1);
  return isNear;
}

/** Puts what was removed beside what was added in its place. */
export function sideBySide(
  lines: readonly DiffLine[],
): (readonly [DiffLine | undefined, DiffLine | undefined])[] {
  const pairs: (readonly [DiffLine | undefined, DiffLine | undefined])[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1) {
      pairs.push([removed[at], added[at]]);
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === 'removed') removed.push(line);
    else if (line.kind === 'added') added.push(line);
    else {
      flush();
      pairs.push([line, line]);
    }
  }
  flush();
  return pairs;
}
