import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import { texts } from './texts.ts';
import { visibleName } from '../../protocol/text/visibleText.ts';

/** Ways to order the list, with what the select shows. */
export const sortNames = {
  newest: texts.newest,
  name: texts.name,
  keys: texts.keys,
  expiry: texts.expiry,
} as const;

/** One of {@link sortNames}. */
export type SortOrder = keyof typeof sortNames;

/** How the list is sorted. */
export interface Sorting {
  readonly order: SortOrder;
  /** The other way round: oldest, Z to A, fewest keys, last to expire first. */
  readonly isReversed: boolean;
}

/** Which of them count up: names from A to Z, and what expires soonest first. */
const countsUp: Readonly<Record<SortOrder, boolean>> = {
  newest: false,
  name: true,
  keys: false,
  expiry: true,
};

/** As `aria-sort` says it. */
export function directionOf({ order, isReversed }: Sorting): 'ascending' | 'descending' {
  return countsUp[order] === isReversed ? 'descending' : 'ascending';
}

/** What a press on the head of a column makes of it: that order, then the other way round. */
export function sortedBy(order: SortOrder, now: Sorting): Sorting {
  return { order, isReversed: order === now.order && !now.isReversed };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/**
 * The sessions to show: those that match, in order.
 * @param sessions In the order of their creation.
 * @param wanted Part of a name, an id or a masked token; case and accents make no difference.
 */
export function listSessions(
  sessions: readonly SessionSummary[],
  wanted: string,
  { order, isReversed }: Sorting,
): readonly SessionSummary[] {
  const needle = foldText(wanted.trim());
  const found = sessions.filter(({ name, id, maskedToken }) =>
    [name, visibleName(name), id, maskedToken].some((text) => holdsFolded(text, needle)),
  );
  const sorted = order === 'newest' ? found.toReversed() : found.sort(comparing[order]);
  return isReversed ? sorted.toReversed() : sorted;
}

type Compare = (a: SessionSummary, b: SessionSummary) => number;

const comparing: Readonly<Record<Exclude<SortOrder, 'newest'>, Compare>> = {
  name: (a, b) => collator.compare(a.name, b.name),
  keys: (a, b) => b.keyCount - a.keyCount,
  expiry: (a, b) => deadlineOf(a) - deadlineOf(b),
};

/** Those that never expire come last. */
function deadlineOf({ expiry }: SessionSummary): number {
  return expiry?.deadlineMs ?? Number.MAX_SAFE_INTEGER;
}

/** The id of the session before or after another one in a list; of the first or last one from outside. */
export function neighbourOf(
  sessions: readonly SessionSummary[],
  id: string,
  step: -1 | 1,
): string | undefined {
  const at = sessions.findIndex((each) => each.id === id);
  if (at < 0) return sessions.at(step === 1 ? 0 : -1)?.id;
  return sessions[at + step]?.id;
}
