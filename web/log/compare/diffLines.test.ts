import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffBlocks, sideBySide } from './diffBlocks.ts';
import { diffLines, type DiffLine } from './diffLines.ts';

const olderOf = (lines: readonly DiffLine[]) =>
  lines.flatMap((line) => ('old' in line ? [line.old] : []));
const newerOf = (lines: readonly DiffLine[]) =>
  lines.flatMap((line) => ('new' in line ? [line.new] : []));
const edits = (lines: readonly DiffLine[]) => lines.filter(({ kind }) => kind !== 'same').length;

/** Length of the longest common subsequence, the slow way. */
function longestCommon(older: readonly string[], newer: readonly string[]): number {
  let row = newer.map(() => 0);
  for (const line of older) {
    const above = row;
    row = [];
    for (const [at, other] of newer.entries()) {
      const left = row[at - 1] ?? 0;
      row.push(line === other ? (above[at - 1] ?? 0) + 1 : Math.max(left, above[at] ?? 0));
    }
  }
  return row.at(-1) ?? 0;
}

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 25 });

test('a comparison has both texts whole and differs in as few lines as can be', () => {
  fc.assert(
    fc.property(list, list, (older, newer) => {
      const { lines, isCoarse } = diffLines(older, newer);
      expect(olderOf(lines)).toEqual(older);
      expect(newerOf(lines)).toEqual(newer);
      expect(edits(lines)).toBe(older.length + newer.length - 2 * longestCommon(older, newer));
      expect(isCoarse).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('texts that have nothing in common are shown as replaced, without matching every pair', () => {
  const older = Array.from({ length: 20_000 }, (_, at) => `old ${at}`);
  const newer = Array.from({ length: 20_000 }, (_, at) => `new ${at}`);
  const { lines, isCoarse } = diffLines(older, newer);
  expect(isCoarse).toBe(true);
  expect(edits(lines)).toBe(40_000);
});

test('two lines that differ in thousands are found', () => {
  const older = Array.from({ length: 20_000 }, (_, at) => `line ${at}`);
  const { lines } = diffLines(older, older.with(7, 'x').with(19_000, 'y'));
  expect(edits(lines)).toBe(4);
});

test('equal lines away from differences are folded, none is lost', () => {
  const older = Array.from({ length: 30 }, (_, at) => `${at}`);
  const { lines } = diffLines(older, older.with(15, 'x'));
  const blocks = diffBlocks(lines, 1000);
  expect(blocks.map(({ kind, lines: { length } }) => [kind, length])).toEqual([
    ['equal', 12],
    ['open', 8],
    ['equal', 11],
  ]);
  expect(blocks.flatMap((block) => block.lines)).toEqual(lines);
});

test('a replaced line stands beside what it replaced', () => {
  const { lines } = diffLines(['a', 'b', 'c'], ['a', 'x', 'c']);
  expect(sideBySide(lines).map((pair) => pair.map((line) => line?.kind))).toEqual([
    ['same', 'same'],
    ['removed', 'added'],
    ['same', 'same'],
  ]);
});

test('of more lines than a page can show at once the first are open, and none is lost', () => {
  const mark = fc.constantFrom('same', 'old');
  fc.assert(
    fc.property(
      fc.array(mark, { maxLength: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (marks, most) => {
        const older = marks.map((word, at) => `${word} ${at}`);
        const newer = older.filter((line) => line.startsWith('same'));
        const { lines } = diffLines(older, newer);
        const blocks = diffBlocks(lines, most);
        expect(blocks.flatMap((block) => block.lines)).toEqual(lines);
        const open = blocks.filter(({ kind }) => kind === 'open').flatMap((block) => block.lines);
        expect(open.length).toBeLessThanOrEqual(most);
        if (blocks.some(({ kind }) => kind === 'rest')) expect(open).toHaveLength(most);
      },
    ),
  );
});
