import { paced } from './pace.ts';
import { watchOthers } from './processorTime.ts';

/** Two things to compare; each call measures one of them for a slice of time. */
export interface Duel<T> {
  readonly ours: () => Promise<T>;
  readonly plain: () => Promise<T>;
}

/** Slices of both, right after each other. */
export interface Pair<T> {
  readonly ours: T;
  readonly plain: T;
  /** The part of one processor that other processes used during the pair. */
  readonly others: number;
}

/** Above it, a pair says more about the machine than about us. */
const disturbingShare = 0.1;

/** Since the start of this process; nothing is repeated later, so that all parts have their time. */
const lastRepeatMs = paced(Number.POSITIVE_INFINITY, 180_000);

/** Pairs that were measured in this run, and those of them that others have disturbed. */
export const pairCounts = { all: 0, disturbed: 0 };

/**
 * Measures duels in turns, so that all of them meet the same weather; a pair that others disturb is
 * repeated, up to as many times as there are rounds.
 * @returns The pairs of each duel, as many as there are rounds: the quietest ones.
 */
export async function measureDuels<T>(
  duels: readonly Duel<T>[],
  rounds: number,
): Promise<Pair<T>[][]> {
  const found = duels.map((): Pair<T>[] => []);
  for (let round = 0; round < 2 * rounds; round += 1) {
    if (round >= rounds && performance.now() > lastRepeatMs) break;
    for (const [at, duel] of duels.entries()) {
      const pairs = found[at] ?? [];
      if (pairs.filter(isQuiet).length < rounds) pairs.push(await measurePair(duel, round));
    }
  }
  return found.map((pairs) => pairs.sort((a, b) => a.others - b.others).slice(0, rounds));
}

/** The one that begins changes. */
async function measurePair<T>({ ours, plain }: Duel<T>, round: number): Promise<Pair<T>> {
  const othersSince = watchOthers();
  const early = round % 2 === 0 ? await ours() : undefined;
  const other = await plain();
  const pair = { ours: early ?? (await ours()), plain: other, others: othersSince() };
  pairCounts.all += 1;
  if (!isQuiet(pair)) pairCounts.disturbed += 1;
  return pair;
}

function isQuiet({ others }: { readonly others: number }): boolean {
  return others <= disturbingShare;
}
