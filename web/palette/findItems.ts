import type { Action } from '../ui/action.ts';
import { fuzzyScore } from './fuzzy.ts';

/** An action to find. */
export interface PaletteItem extends Action {
  /** Also after a reload, so that it can be among the recent ones. */
  readonly id: string;
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
