import type { Action } from '../ui/action.ts';
import { fuzzyScore } from './fuzzy.ts';
import { lateTexts } from './lateTexts.ts';

/** An action to find. */
export interface PaletteItem extends Action {
  /** Also after a reload, so that it can be among the recent ones. */
  readonly id: string;
}

/** What was found, and the heading that it stands under; none where the best fit comes first. */
export interface FoundItem {
  readonly item: PaletteItem;
  readonly heading?: string;
}

/** What most people come for, while nothing is typed. */
const suggestedIds = [
  'action send',
  'action composer.templates',
  'action tutorial.goToLesson',
  'action connection.recent',
];
/** Most recent choices under a heading; the search prefers all of them. */
const maxRecentShown = 5;

/** Most results shown. */
const maxResults = 100;

/** Those that fit, best first; without a search the recent and usual ones first, then by group. */
export function findItems(
  items: readonly PaletteItem[],
  typed: string,
  recentIds: readonly string[],
): readonly FoundItem[] {
  if (typed.trim() === '') return underHeadings(items, recentIds).slice(0, maxResults);
  const scored = items.flatMap((item) => {
    const score = fuzzyScore(`${item.label} ${item.group} ${item.hint ?? ''}`, typed);
    // A recent one wins over another that fits as well.
    const bonus = recentIds.includes(item.id) ? 1 : 0;
    return score === undefined ? [] : [{ item, score: score + bonus }];
  });
  const best = scored.sort((a, b) => b.score - a.score).slice(0, maxResults);
  return best.map(({ item }) => ({ item }));
}

function underHeadings(
  items: readonly PaletteItem[],
  recentIds: readonly string[],
): readonly FoundItem[] {
  const those = (ids: readonly string[]) =>
    ids.flatMap((id) => items.find((item) => item.id === id) ?? []);
  const recent = those(recentIds).slice(0, maxRecentShown);
  const suggested = those(suggestedIds).filter((item) => !recent.includes(item));
  const first = [
    ...recent.map((item) => ({ item, heading: lateTexts.recent })),
    ...suggested.map((item) => ({ item, heading: lateTexts.suggested })),
  ];
  const others = items.filter((item) => !recent.includes(item) && !suggested.includes(item));
  const groups = [...new Set(others.map(({ group }) => group))];
  const grouped = groups.flatMap((heading) =>
    others.filter(({ group }) => group === heading).map((item) => ({ item, heading })),
  );
  return [...first, ...grouped];
}
