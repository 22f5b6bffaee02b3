import { maxOpenGroups, type SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { SessionStore } from '../../store/sessionStore.ts';
import type { ListedSession } from '../../store/views.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { eachAtInTime, inTurns } from '../../turns.ts';
import { valueOf } from '../valueOf.ts';
import { ContentSearch, type Stopped } from './contentSearch.ts';
import { FlatRows, type Rows } from './flatRows.ts';
import { GroupedRows } from './groupedRows.ts';
import { NumberSet } from './numberSet.ts';
import type { SessionColumns } from './sessionColumns.ts';
import { SessionFilter, type ListQuery } from './sessionFilter.ts';

/** What listings read of a store. */
export type ListedStore = Pick<SessionStore, 'listAll' | 'listedAt' | 'totals' | 'watchUses'>;

/** What a listing is made from. */
export interface ListingParts {
  /** What there is at the moment. */
  readonly columns: () => SessionColumns;
  readonly store: ListedStore;
  /** A search has found something, or has ended. */
  readonly onProgress: () => void;
}

/** How far a search in the content is. */
export interface SearchState {
  /** Sessions that are still to be looked at; absent: none. */
  readonly left: number | undefined;
  readonly stopped: Stopped | undefined;
}

/** All sessions that match a query, in its order. Kept up to date by {@link SessionListings}. */
export class SessionListing {
  readonly #parts: ListingParts;
  readonly #query: SessionQuery;
  readonly #filter: SessionFilter;
  readonly #foundIn = new Map<number, string>();
  readonly #search: ContentSearch | undefined;
  #columns: SessionColumns;
  #rows: Rows;
  #members = new NumberSet();
  isFilled = false;

  constructor(parts: ListingParts, query: ListQuery) {
    this.#parts = parts;
    this.#query = query;
    this.#filter = new SessionFilter(query);
    this.#columns = parts.columns();
    this.#rows = this.#newRows();
    this.#search = query.content && this.#searchFor(query.content);
  }

  /** How many sessions match. */
  get matching(): number {
    return this.#members.size;
  }

  get rows(): Pick<Rows, 'length' | 'slice'> {
    return this.#rows;
  }

  /** What groups come to; undefined: none were asked for. */
  get grouped(): Pick<GroupedRows, 'groupCount' | 'ungrouped' | 'total'> | undefined {
    return this.#rows instanceof GroupedRows ? this.#rows : undefined;
  }

  /** How many sessions have a key that is not beyond this one; 0 for a list with groups. */
  countTo(key: number): number {
    return this.#rows instanceof FlatRows ? this.#rows.countTo(key) : 0;
  }

  /** Position of the row of a session, counted from 0; undefined: it has none. */
  positionOf(number: number): number | undefined {
    return this.#members.has(number) ? this.#rows.positionOf(number) : undefined;
  }

  /** Undefined: it looks for nothing in the content. */
  get searched(): SearchState | undefined {
    return this.#search;
  }

  /** The first key where something was found. */
  foundIn(number: number): string | undefined {
    return this.#foundIn.get(number);
  }

  /** Rejects with {@link StoreRefusal} when the store cannot be read, or could not be searched. */
  async fillIfNecessary(): Promise<void> {
    const error = this.#search?.takeError();
    if (error) this.isFilled = false;
    if (error) throw error;
    if (!this.isFilled) await this.#fill();
  }

  /** Begins with what the columns have. */
  async #fill(): Promise<void> {
    const columns = this.#parts.columns();
    const numbers = await this.#matching(columns);
    this.#foundIn.clear();
    this.#columns = columns;
    const [rows, members] = [this.#newRows(), new NumberSet()];
    await inTurns(filled(rows, members, this.#search ? new LongNumbers(0) : numbers));
    this.#rows = rows;
    this.#members = members;
    this.isFilled = true;
    this.#search?.start(numbers);
  }

  /**
   * To be called for each session that changes, before the columns do: removes it if it is to be somewhere else.
   * @param session As it is now; undefined: it has ended.
   * @returns Whether {@link enter} must be called when the columns have changed.
   */
  leave(number: number, session: ListedSession | undefined, operations: number): boolean {
    const isMember = this.#members.has(number);
    const isSame = session !== undefined && this.#columns.isSame(session);
    if (isSame && this.#search) this.#lookAgain(session);
    if (isSame && !(isMember && this.#rows.isMovedBy(session, operations))) return false;
    if (isMember) this.#remove(number);
    if (isSame) return isMember;
    this.#foundIn.delete(number);
    return session !== undefined && this.#takesIn(session);
  }

  enter(number: number): void {
    this.#members.add(number);
    this.#rows.insert(number);
  }

  close(): void {
    this.#search?.close();
  }

  /** Whether a new session is in the list; one that has to be searched will be later. */
  #takesIn(session: ListedSession): boolean {
    if (!this.#search) return this.#filter.matches(session);
    this.#lookAgain(session);
    return false;
  }

  #lookAgain(session: ListedSession): void {
    if (this.#filter.matches(session)) this.#search?.look(session.number);
  }

  #remove(number: number): void {
    this.#members.delete(number);
    this.#rows.remove(number);
  }

  #newRows(): Rows {
    const { separator, open = [] } = this.#query;
    const [columns, query] = [this.#columns, this.#query];
    if (separator === undefined) return new FlatRows(columns, query);
    return new GroupedRows({ columns, query, separator }, new Set(open.slice(0, maxOpenGroups)));
  }

  /** Sessions that match, but for their content. */
  async #matching(columns: SessionColumns): Promise<LongNumbers> {
    const filter = this.#filter;
    const found = await inTurns(filter.matching(columns));
    // Ids are dear: nobody looks for one when there are names.
    if (!filter.mayBeToken && !(filter.mayBeId && found.length === 0)) return found;
    const [known] = filter.mayBeId ? valueOf(await this.#parts.store.listedAt([filter.find])) : [];
    if (!known || !filter.hasHandle(known)) return this.#withHandles(columns, found);
    if (columns.has(known.number)) found.push(known.number);
    return found;
  }

  /** Adds sessions that are known by what is looked for. */
  async #withHandles(columns: SessionColumns, found: LongNumbers): Promise<LongNumbers> {
    const filter = this.#filter;
    const named = new NumberSet();
    await inTurns(eachAtInTime(found, (number) => named.add(number)));
    const isNew = (number: number) => columns.has(number) && !named.has(number);
    for await (const sessions of this.#parts.store.listAll()) {
      for (const session of sessions) {
        if (filter.hasHandle(session) && isNew(session.number)) found.push(session.number);
      }
    }
    return found;
  }

  #searchFor(content: NonNullable<SessionQuery['content']>): ContentSearch {
    const { store, onProgress } = this.#parts;
    return new ContentSearch(content, {
      read: async (numbers) => valueOf(await store.listedAt(numbers, { keys: true })),
      settle: (number, key) => this.#settle(number, key),
      onProgress,
    });
  }

  #settle(number: number, key: string | undefined): number {
    const isMember = this.#members.has(number);
    if (key === undefined) {
      if (isMember) this.#remove(number);
      this.#foundIn.delete(number);
    } else if (this.#columns.has(number)) {
      this.#foundIn.set(number, key);
      if (!isMember) this.enter(number);
    }
    return this.#members.size;
  }
}

function* filled(rows: Rows, members: NumberSet, numbers: LongNumbers): Steps<void> {
  yield* eachAtInTime(numbers, (number) => members.add(number));
  yield* rows.fill(numbers);
}
