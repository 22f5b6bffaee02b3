import {
  maxListedSessions,
  type InspectionEvent,
  type SessionSummary,
} from '../../protocol/inspection.ts';
import { maskToken } from '../../protocol/token.ts';

/** A session as the list has it. */
export interface ListedSession extends SessionSummary {
  /** When it last changed before our eyes, by our clock; undefined when it was there before. */
  readonly changedAtMs: number | undefined;
}

/** Orders of the list, in the order of the choice. */
export const sessionSorts = ['newest', 'name', 'keys', 'expiry'] as const;

/** newest first; by name; most keys first; next to expire first. */
export type SessionSort = (typeof sessionSorts)[number];

/** What the list is narrowed to, and its order. */
export interface ListFilter {
  /** Plain text, looked for in name, masked token and id; case does not matter. */
  readonly search: string;
  readonly sort: SessionSort;
}

/** All sessions of the server, listed or not. */
export interface Totals {
  readonly sessions: number;
  readonly keys: number;
}

type SessionsEvent = Extract<InspectionEvent, { type: 'sessions' }>;

/** The sessions that the server lists, as its frames tell. */
export class SessionList {
  readonly #sessions = new Map<string, ListedSession>();
  #totals: Totals = { sessions: 0, keys: 0 };
  #visible: readonly ListedSession[] = [];
  #seenFilter: ListFilter | undefined;
  #hasCome = false;

  get totals(): Totals {
    return this.#totals;
  }

  /** Whether any list has come yet. */
  get hasCome(): boolean {
    return this.#hasCome;
  }

  /** Sessions listed, which is fewer than there are on a server with very many. */
  get listed(): number {
    return this.#sessions.size;
  }

  get(id: string): ListedSession | undefined {
    return this.#sessions.get(id);
  }

  apply(event: SessionsEvent, atMs: number): void {
    this.#seenFilter = undefined;
    this.#hasCome = true;
    if (event.isReset) this.#sessions.clear();
    const changedAtMs = event.isReset ? undefined : atMs;
    for (const id of event.removed) this.#sessions.delete(id);
    for (const summary of event.changed)
      this.#sessions.set(summary.id, { ...summary, changedAtMs });
    this.#totals = { sessions: event.totalSessions, keys: event.totalKeys };
    this.#keepWithinLimit();
  }

  /** The sessions that pass, in order. The same array until something changes. */
  visible(filter: ListFilter): readonly ListedSession[] {
    if (filter.search === this.#seenFilter?.search && filter.sort === this.#seenFilter.sort) {
      return this.#visible;
    }
    this.#seenFilter = { search: filter.search, sort: filter.sort };
    const passing = [...this.#sessions.values()].filter(passes(filter.search)).reverse();
    this.#visible = passing.sort(orders[filter.sort]);
    return this.#visible;
  }

  /** The contract has the limit; a server that breaks it must not fill our memory. */
  #keepWithinLimit(): void {
    for (const id of this.#sessions.keys()) {
      if (this.#sessions.size <= maxListedSessions) return;
      this.#sessions.delete(id);
    }
  }
}

const wholeToken = /^\d{9,20}$/;

function passes(search: string): (session: ListedSession) => boolean {
  const needle = search.trim().toLowerCase();
  if (needle === '') return () => true;
  // Lists have no whole tokens: one that is pasted is looked for as it would be shown.
  const masked = wholeToken.test(needle) ? maskToken(needle) : needle;
  return ({ name, maskedToken, id }) =>
    name.toLowerCase().includes(needle) ||
    maskedToken.includes(masked) ||
    id.toLowerCase().includes(needle);
}

const byWords = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** What is equal stays in the order of creation, newest first. */
const orders: Readonly<Record<SessionSort, (a: ListedSession, b: ListedSession) => number>> = {
  newest: (a, b) => b.createdAtMs - a.createdAtMs,
  name: (a, b) => byWords.compare(a.name, b.name),
  keys: (a, b) => b.keyCount - a.keyCount,
  expiry: (a, b) => deadlineOf(a) - deadlineOf(b),
};

function deadlineOf({ expiry }: ListedSession): number {
  return expiry?.deadlineMs ?? Number.MAX_VALUE;
}
