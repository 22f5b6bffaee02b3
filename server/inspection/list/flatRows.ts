import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { SortedNumbers } from './sortedNumbers.ts';

/** Some rows of a list. */
export interface SomeRows {
  readonly groups: readonly PlacedGroup[];
  /** The other rows, in their order. */
  readonly numbers: readonly number[];
}

/** Sessions whose names begin the same. */
export interface GroupRow {
  readonly name: string;
  readonly sessions: number;
  readonly keys: number;
  readonly bytes: number;
}

/** With its position among the rows, counted from 0. */
export type PlacedGroup = GroupRow & { readonly at: number };

/** How the sessions of a list become rows. */
export interface Rows {
  /** How many rows. */
  readonly length: number;
  fill(numbers: LongNumbers): Steps<void>;
  /** Whether a session that is in the list, and changes so, has to be removed and inserted again. */
  isMovedBy(session: ListedSession, operations: number): boolean;
  insert(number: number): void;
  /** To be called before the columns change. */
  remove(number: number): void;
  /** By positions counted from 0. */
  slice(from: number, count: number): SomeRows;
  /** Where a session is that is in the list; undefined: it is in a group that is closed. */
  positionOf(number: number): number | undefined;
}

/** Each session is a row. */
export class FlatRows implements Rows {
  readonly #columns: SessionColumns;
  readonly #query: SessionQuery;
  readonly #sorted: SortedNumbers;

  constructor(columns: SessionColumns, query: SessionQuery) {
    this.#columns = columns;
    this.#query = query;
    this.#sorted = new SortedNumbers(columns.keyOf(query.sort));
  }

  get length(): number {
    return this.#sorted.size;
  }

  fill(numbers: LongNumbers): Steps<void> {
    return this.#sorted.fill(numbers);
  }

  isMovedBy(session: ListedSession, operations: number): boolean {
    return !this.#columns.hasKey(this.#query.sort, session, operations);
  }

  insert(number: number): void {
    this.#sorted.insert(number);
  }

  remove(number: number): void {
    this.#sorted.remove(number);
  }

  slice(from: number, count: number): SomeRows {
    const numbers = directed(this.#sorted, this.#query).slice(from, count);
    return { groups: [], numbers };
  }

  /** How many have a key that is not beyond this one. */
  countTo(key: number): number {
    return this.#sorted.countTo(key);
  }

  positionOf(number: number): number {
    const at = this.#sorted.positionOf(number);
    return this.#query.descending ? this.length - 1 - at : at;
  }
}

/** A list as it is, or from its end. */
export function directed(
  sorted: SortedNumbers,
  { descending }: Pick<SessionQuery, 'descending'>,
): Pick<SortedNumbers, 'slice'> {
  if (!descending) return sorted;
  return {
    slice: (from, count) => {
      const end = sorted.size - from;
      const start = Math.max(0, end - count);
      return sorted.slice(start, end - start).reverse();
    },
  };
}
