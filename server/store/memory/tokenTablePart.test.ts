import { expect, test } from 'vitest';
import { TokenHash } from './tokenHash.ts';
import { TokenTablePart } from './tokenTablePart.ts';

/** How many rows are looked at to find each of these, at most. */
function longestSearch(lows: readonly number[], hashOf: (low: number) => number): number {
  const part = new TokenTablePart();
  let looks = 0;
  const rows = {
    isOfBits: (row: number, low: number) => {
      looks += 1;
      return lows[row - 1] === low;
    },
  };
  for (const [at, low] of lows.entries()) {
    part.set({ hash: hashOf(low), low, high: 0 }, at + 1, rows);
  }
  const searches = lows.map((low) => {
    looks = 0;
    return { row: part.find({ hash: hashOf(low), low, high: 0 }, rows), looks };
  });
  expect(searches.map(({ row }) => row)).toEqual(lows.map((_, at) => at + 1));
  return Math.max(...searches.map((each) => each.looks));
}

const chosen = (choose: (at: number) => number) =>
  Array.from({ length: 2_000 }, (_, at) => choose(at));

/** What somebody may choose to put all in one place: equal last bits, equal first bits, one after the other. */
const floods = [chosen((at) => at << 20), chosen((at) => at), chosen((at) => at * 65_537)];

test('rows of equal hashes are found, one after the other', () => {
  expect(longestSearch(chosen((at) => at).slice(0, 50), () => 7)).toBe(50);
});

test('tokens that somebody has chosen have hashes of their own, others in each process', () => {
  const [one, other] = [new TokenHash(), new TokenHash()];
  for (const flood of floods) {
    expect(longestSearch(flood, (low) => one.of(low, 0))).toBeLessThanOrEqual(3);
    expect(flood.some((low) => one.of(low, low) !== other.of(low, low))).toBe(true);
    // As many parts and slots as for tokens by chance: each has few.
    const parts = new Map<number, number>();
    for (const low of flood) {
      const part = one.of(low, 0) >>> 24;
      parts.set(part, (parts.get(part) ?? 0) + 1);
    }
    expect(Math.max(...parts.values())).toBeLessThan(100);
  }
});
