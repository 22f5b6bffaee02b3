import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { texts } from './texts.ts';

/** What the list can be sorted by. */
export type SortOrder = SessionQuery['sort'];

/** How the list is sorted. */
export type Sorting = Pick<SessionQuery, 'sort' | 'descending'>;

/** What the select shows. */
export const sortNames: Readonly<Record<SortOrder, string>> = {
  created: texts.newest,
  changed: texts.lastChange,
  name: texts.name,
  keys: texts.keys,
  bytes: texts.size,
  operations: texts.operations,
  expires: texts.expiry,
};

export function isSortOrder(text: string): text is SortOrder {
  return Object.hasOwn(sortNames, text);
}

/** Those that begin with the smallest: names from A to Z, and what expires soonest. */
const beginLow: ReadonlySet<SortOrder> = new Set(['name', 'expires']);

/** Rows that seldom move among each other. */
const steady: ReadonlySet<SortOrder> = new Set(['name', 'created']);

/** An order as a person wants it first. */
export function firstSorting(sort: SortOrder): Sorting {
  return { sort, descending: !beginLow.has(sort) };
}

/** What a press on the head of a column makes of it: that order, then the other way round. */
export function sortedBy(sort: SortOrder, now: Sorting): Sorting {
  if (sort !== now.sort) return firstSorting(sort);
  return { sort, descending: !now.descending };
}

/** Whether two questions are for the same list, whatever groups are open in it. */
export function isSameList(one: SessionQuery, other: SessionQuery): boolean {
  if (one === other) return true;
  const parts = ['sort', 'descending', 'find', 'content', 'prefix', 'separator'] as const;
  return parts.every((part) => one[part] === other[part]);
}

/** What holds the place of a reader: a row, or its position where rows move. */
export function holdOf({ sort }: Sorting): 'row' | 'place' {
  return steady.has(sort) ? 'row' : 'place';
}
