import type { Keys } from '../ui/keys.ts';
import { fuzzyScore } from './fuzzy.ts';

/** One thing to find and run. */
export interface PaletteItem {
  /** Also after a reload, so that it can be among the recent ones. */
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** Searched and shown as well. */
  readonly hint?: string;
  readonly keys?: Keys;
  /** Comes and goes, or may hold what was received: not remembered among the recent ones. */
  readonly isFleeting?: boolean;
  readonly run: () => void;
}

/** Most results shown. */
const maxResults = 100;

/** Those that fit, best first; without a search the recent ones first. */
export function findItems(
  items: readonly PaletteItem[],
  typed: string,
  recentIds: readonly string[],
): readonly PaletteItem[] {
  if (typed.trim() === '') {
    const recent = recentIds.flatMap((id) => items.find((item) => item.id === id) ?? []);
    const others = items.filter(({ id }) => !recentIds.includes(id));
    return [...recent, ...others].slice(0, maxResults);
  }
  const scored = items.flatMap((item) => {
    const score = fuzzyScore(`${item.label} ${item.group} ${item.hint ?? ''}`, typed);
    // A recent one wins over another that fits as well.
    const bonus = recentIds.includes(item.id) ? 1 : 0;
    return score === undefined ? [] : [{ item, score: score + bonus }];
  });
  const best = scored.sort((a, b) => b.score - a.score).slice(0, maxResults);
  return best.map(({ item }) => item);
}
