import type { Eventually } from '../eventually.ts';
import type { SharedStore } from '../store/otherServers.ts';
import type { SessionStore, StoreOutcome, Totals } from '../store/sessionStore.ts';
import type { Timeline } from '../store/timeline.ts';
import type {
  KeyRange,
  KeysView,
  ListedParts,
  ListedSession,
  SessionView,
} from '../store/views.ts';
import { mapResult } from '../eventually.ts';

/** What inspection reads of a store. */
export type InspectedStore = Pick<
  SessionStore,
  | 'listSessions'
  | 'viewSessions'
  | 'listAll'
  | 'listedAt'
  | 'listKeys'
  | 'viewKeys'
  | 'totals'
  | 'watchUses'
  | 'readTimeline'
  | 'listEnded'
> &
  Pick<SharedStore, 'liveTotals'>;

/**
 * Reads the store for all inspectors: what several of them ask in one turn is read once. Each gets
 * what it asked for, as it is after the question.
 */
export class SharedViews implements InspectedStore {
  readonly #store: InspectedStore;
  readonly #sessions: Batch<string, StoreOutcome<SessionView[]>>;
  /** By the id of the session. */
  readonly #keys = new Map<string, Batch<string, StoreOutcome<KeysView | undefined>>>();
  /** Questions of this turn that are the same for all, by their text. */
  readonly #open = new Map<string, Promise<unknown>>();

  constructor(store: InspectedStore) {
    this.#store = store;
    this.#sessions = new Batch((ids) => store.viewSessions(ids));
  }

  listSessions(limit: number): StoreOutcome<string[]> {
    return this.#once(`sessions ${limit}`, () => this.#store.listSessions(limit));
  }

  totals(): StoreOutcome<Totals> {
    return this.#once('totals', () => this.#store.liveTotals?.() ?? this.#store.totals());
  }

  listKeys(id: string, range: KeyRange): StoreOutcome<string[] | undefined> {
    return this.#once(`keys ${range.from} ${range.count} ${id}`, () =>
      this.#store.listKeys(id, range),
    );
  }

  listAll(): ReturnType<InspectedStore['listAll']> {
    return this.#store.listAll();
  }

  listedAt(handles: Iterable<number | string>, parts?: ListedParts): StoreOutcome<ListedSession[]> {
    return this.#store.listedAt(handles, parts);
  }

  watchUses(listener: (number: number) => void): () => void {
    return this.#store.watchUses(listener);
  }

  /** In any order, and perhaps with others. */
  viewSessions(ids: Iterable<string>): StoreOutcome<SessionView[]> {
    return this.#sessions.ask(ids);
  }

  viewKeys(id: string, keys: Iterable<string>): StoreOutcome<KeysView | undefined> {
    const asked = [...keys];
    return mapResult(this.#keysOf(id).ask(asked), (view) => view && only(view, asked));
  }

  listEnded(): ReturnType<InspectedStore['listEnded']> {
    return this.#once('ended', () => this.#store.listEnded());
  }

  readTimeline<T>(id: string, read: (timeline: Timeline) => T): StoreOutcome<T | undefined> {
    return this.#store.readTimeline(id, read);
  }

  #keysOf(id: string): Batch<string, StoreOutcome<KeysView | undefined>> {
    const open = this.#keys.get(id);
    if (open) return open;
    const batch = new Batch<string, StoreOutcome<KeysView | undefined>>((keys) => {
      this.#keys.delete(id);
      return this.#store.viewKeys(id, keys);
    });
    this.#keys.set(id, batch);
    return batch;
  }

  #once<T>(question: string, read: () => Eventually<T>): Promise<T> {
    const open = this.#open.get(question) as Promise<T> | undefined; // The text says which.
    if (open) return open;
    const answer = Promise.resolve().then(() => {
      this.#open.delete(question);
      return read();
    });
    this.#open.set(question, answer);
    return answer;
  }
}

/** Puts together what is asked for in one turn, and reads it once. */
class Batch<Q, A> {
  readonly #read: (asked: ReadonlySet<Q>) => A;
  #asked = new Set<Q>();
  #answer: Promise<Awaited<A>> | undefined;

  constructor(read: (asked: ReadonlySet<Q>) => A) {
    this.#read = read;
  }

  ask(asked: Iterable<Q>): Promise<Awaited<A>> {
    for (const each of asked) this.#asked.add(each);
    this.#answer ??= this.#next();
    return this.#answer;
  }

  async #next(): Promise<Awaited<A>> {
    await Promise.resolve();
    const asked = this.#asked;
    this.#asked = new Set();
    this.#answer = undefined;
    return await this.#read(asked);
  }
}

function only({ totalKeys, entries, writers }: KeysView, asked: readonly string[]): KeysView {
  const own = asked.flatMap((key) => {
    const value = entries.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { totalKeys, entries: new Map(own), writers };
}
