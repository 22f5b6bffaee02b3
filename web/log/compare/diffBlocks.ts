import type { DiffLine } from './diffLines.ts';

/** Lines that are shown together. */
export interface DiffBlock {
  /** Place of its first line. */
  readonly from: number;
  readonly lines: readonly DiffLine[];
  /**
   * `open`: differences and their surroundings. `equal`: equal lines far from any, folded at first.
   * `rest`: all lines after the first so many, which the page could not show at once.
   */
  readonly kind: 'open' | 'equal' | 'rest';
}

/** Equal lines shown before and after a difference. */
const contextLines = 3;

/**
 * Groups lines so that only differences and their surroundings are open.
 * @param maxOpenLines Most lines that are open.
 */
export function diffBlocks(lines: readonly DiffLine[], maxOpenLines: number): DiffBlock[] {
  const isNear = nearDifference(lines);
  const blocks: DiffBlock[] = [];
  let from = 0;
  for (let at = 1; at <= lines.length; at += 1) {
    if (at < lines.length && isNear[at] === isNear[from]) continue;
    const isEqual = !(isNear[from] ?? true) && at - from > 1;
    blocks.push({ from, lines: lines.slice(from, at), kind: isEqual ? 'equal' : 'open' });
    from = at;
  }
  return cutAfter(maxOpenLines, blocks, lines);
}

/** The blocks up to so many open lines, and one for the rest. */
function cutAfter(
  maxOpenLines: number,
  blocks: DiffBlock[],
  lines: readonly DiffLine[],
): DiffBlock[] {
  let left = maxOpenLines;
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'open') continue;
    if (block.lines.length > left) {
      const end = block.from + left;
      const cut: DiffBlock = { ...block, lines: block.lines.slice(0, left) };
      const rest: DiffBlock = { from: end, lines: lines.slice(end), kind: 'rest' };
      return [...blocks.slice(0, index), ...(left > 0 ? [cut] : []), rest];
    }
    left -= block.lines.length;
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

/** Pairs removed lines with the lines added in their place. */
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
