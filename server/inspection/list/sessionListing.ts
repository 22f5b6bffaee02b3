import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { foldText } from '../../../protocol/text/foldText.ts';
import { maskToken } from '../../../protocol/token.ts';
import type { Change, Gap } from '../../store/changes.ts';
import type { SessionStore } from '../../store/sessionStore.ts';
import type { SessionView } from '../../store/views.ts';
import { eachOf, inTurns } from '../../turns.ts';
import { maxMarked } from '../frameSize.ts';
import { valueOf } from '../valueOf.ts';
import { SortedIds, type SortEntry, type SortKey } from './sortedIds.ts';

/** What a listing reads of a store. */
export type ListedStore = Pick<SessionStore, 'viewAll' | 'viewSessions'>;

/** Sessions that have changed are looked at again, so many in one turn. */
const viewsPerTurn = 1_000;

/**
 * All sessions that match a query, in its order, kept up to date while somebody looks at them. Changes are
 * only noted as they come; {@link refresh} brings the list up to date.
 */
export class SessionListing {
  readonly #store: ListedStore;
  readonly #query: SessionQuery;
  readonly #find: string;
  readonly #wanted: string;
  #ids = new SortedIds();
  /** Sessions that may have another place, or none, since they were looked at. */
  #changed = new Set<string>();
  #mustFill = true;
  #refreshing: Promise<void> | undefined;

  constructor(store: ListedStore, query: SessionQuery) {
    this.#store = store;
    this.#query = query;
    this.#find = query.find.trim();
    this.#wanted = foldText(this.#find);
  }

  /** How many sessions match. */
  get size(): number {
    return this.#ids.size;
  }

  mark(change: Change | Gap): void {
    if (change.kind === 'gap') this.#mustFill = true;
    else if ('session' in change) {
      if (this.#canMove(change)) this.#changed.add(change.session.id);
    } else if (change.sessions.length > maxMarked) this.#mustFill = true;
    else for (const { id } of change.sessions) this.#changed.add(id);
  }

  /** Brings the list up to date. Rejects with {@link StoreRefusal} when the store cannot be read. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Ids of the sessions at these positions, counted from 0. */
  slice(from: number, count: number): string[] {
    if (!this.#query.descending) return this.#ids.slice(from, count);
    const end = this.size - from;
    const start = Math.max(0, end - count);
    return this.#ids.slice(start, end - start).reverse();
  }

  /** Where a session is, counted from 0; undefined: it is not listed. */
  positionOf(id: string): number | undefined {
    const at = this.#ids.positionOf(id);
    if (at === undefined) return undefined;
    return this.#query.descending ? this.size - 1 - at : at;
  }

  async #refresh(): Promise<void> {
    if (this.#mustFill) await this.#fill();
    while (this.#changed.size > 0) {
      const changed = [...this.#changed];
      this.#changed.clear();
      for (let from = 0; from < changed.length; from += viewsPerTurn) {
        await this.#lookAgain(changed.slice(from, from + viewsPerTurn));
      }
      // While others had their turn, more may have come: it waits for the next time.
      if (changed.length < viewsPerTurn) break;
    }
  }

  async #fill(): Promise<void> {
    this.#mustFill = false;
    this.#changed.clear();
    try {
      const entries: SortEntry[] = [];
      for await (const views of this.#store.viewAll()) {
        for (const view of views.filter((each) => this.#matches(each))) {
          entries.push({ id: view.id, key: this.#keyOf(view) });
        }
      }
      const ids = new SortedIds();
      await inTurns(ids.fill(entries));
      this.#ids = ids;
    } catch (error) {
      this.#mustFill = true;
      throw error;
    }
  }

  async #lookAgain(ids: readonly string[]): Promise<void> {
    const left = new Set(ids);
    for (const view of valueOf(await this.#store.viewSessions(ids))) {
      if (!this.#matches(view)) continue;
      this.#ids.set(view.id, this.#keyOf(view));
      left.delete(view.id);
    }
    await inTurns(eachOf(left, { perStep: viewsPerTurn }, (id) => this.#ids.delete(id)));
  }

  /** Whether the change of one session can change its place; names never change. */
  #canMove({ kind }: Change): boolean {
    switch (this.#query.sort) {
      case 'created':
      case 'changed':
      case 'operations':
      case 'name':
        return false;
      case 'keys':
      case 'bytes':
        return kind !== 'extended' && kind !== 'touched';
      case 'expires':
        return true;
    }
  }

  #keyOf({ name, keyCount, bytes, createdAtMs, expiry }: SessionView): SortKey {
    switch (this.#query.sort) {
      case 'created':
      case 'changed': // Not counted yet.
      case 'operations':
        return createdAtMs;
      case 'name':
        return foldText(name);
      case 'keys':
        return keyCount;
      case 'bytes':
        return bytes;
      case 'expires':
        return expiry?.deadlineMs ?? Number.POSITIVE_INFINITY;
    }
  }

  #matches({ id, name, token }: SessionView): boolean {
    if (this.#wanted === '' || foldText(name).includes(this.#wanted)) return true;
    const masked = maskToken(token);
    return [id, masked, masked.slice(2)].includes(this.#find);
  }
}
