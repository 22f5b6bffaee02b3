import type { Clock } from '../../../protocol/clock.ts';
import { list, type SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import { quote } from '../../../protocol/json/jsonText.ts';
import type { Change, Gap } from '../../store/changes.ts';
import type { Follower, Following } from '../follower.ts';
import { maxMarked } from '../frameSize.ts';
import { listedSummaryOf } from '../summaryOf.ts';
import { valueOf } from '../valueOf.ts';
import { SessionColumns } from './sessionColumns.ts';
import type { ListQuery } from './sessionFilter.ts';
import { SessionListing, type ListedStore } from './sessionListing.ts';
import { SessionUses } from './sessionUses.ts';

interface Opened {
  readonly listing: SessionListing;
  /** Called when it has something new that no change of the store tells. */
  readonly readers: Set<() => void>;
}

/** What they need from outside. */
export interface ListingsParts {
  readonly store: ListedStore;
  readonly clock: Clock;
  /** Follows the store. */
  readonly follow: (follower: Follower) => Following;
}

/** A listing that somebody looks at. */
export interface OpenListing {
  readonly listing: SessionListing;
  /** Brings it up to date. Rejects with {@link StoreRefusal} when the store cannot be read. */
  refresh(): Promise<void>;
  /** Commands about a session in the last second. */
  readonly operationsOf: (number: number) => number;
  /**
   * Summaries of the sessions of these numbers, without those that have ended. To be called after {@link refresh}.
   * Rejects with {@link StoreRefusal} when the store cannot be read.
   */
  summariesAt(numbers: readonly number[]): Promise<SessionSummary[]>;
  close(): void;
}

/** Sessions that have changed are looked at again, so many in one turn. */
const sessionsPerTurn = 1_000;

/**
 * The listings that somebody looks at: one for all who ask the same. What they need of the sessions is read once,
 * while there is a listing. Changes are only noted as they come.
 */
export class SessionListings implements Follower {
  readonly #parts: ListingsParts;
  readonly #opened = new Map<string, Opened>();
  #columns = new SessionColumns();
  /** Sessions that may have changed since they were looked at, by their numbers. */
  readonly #changed = new Set<number>();
  /** Made since the last refresh: inspectors that look at the same sessions share them. */
  readonly #summaries = new Map<number, SessionSummary>();
  #mustFill = true;
  #following: Following | undefined;
  #uses: SessionUses | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(parts: ListingsParts) {
    this.#parts = parts;
  }

  /** @param onNews Called when there is something new that no change of the store tells. */
  open(query: ListQuery, onNews: () => void = () => {}): OpenListing {
    this.#begin();
    const { within = '', ...asked } = query;
    const key = list.write({ ...asked, number: 0, from: 0, count: 0 }) + quote(within);
    const opened = this.#opened.get(key) ?? this.#newListing(query);
    this.#opened.set(key, opened);
    // Each has one of its own, also where two are the same function.
    const reader = () => onNews();
    opened.readers.add(reader);
    return {
      listing: opened.listing,
      refresh: () => this.#refreshed(opened),
      operationsOf: (number) => this.#operationsOf(number),
      summariesAt: (numbers) => this.#summariesAt(numbers, opened.listing),
      close: () => this.#close(key, opened, reader),
    };
  }

  mark(change: Change | Gap): void {
    if (change.kind === 'gap') this.#mustFill = true;
    else if ('session' in change) this.#changed.add(change.session.number);
    else if (change.sessions.length > maxMarked) this.#mustFill = true;
    else for (const { number } of change.sessions) this.#changed.add(number);
  }

  /** Readers ask for what they show. */
  send(): void {}

  #begin(): void {
    if (this.#following) return;
    const { store, clock, follow } = this.#parts;
    this.#following = follow(this);
    this.#uses = new SessionUses(
      clock,
      (listener) => store.watchUses(listener),
      (numbers) => this.#noteUses(numbers),
    );
  }

  #newListing(query: ListQuery): Opened {
    const readers = new Set<() => void>();
    const onProgress = () => {
      for (const tell of readers) tell();
    };
    const parts = { store: this.#parts.store, onProgress, columns: () => this.#columns };
    return { listing: new SessionListing(parts, query), readers };
  }

  #noteUses(numbers: Iterable<number>): void {
    for (const number of numbers) this.#changed.add(number);
    for (const { readers } of this.#opened.values()) for (const tell of readers) tell();
  }

  async #refreshed({ listing, readers }: Opened): Promise<void> {
    do await this.#refresh();
    // One that nobody has open any more is never filled.
    while (!listing.isFilled && readers.size > 0);
  }

  #refresh(): Promise<void> {
    this.#refreshing ??= this.#bringUpToDate().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  #operationsOf(number: number): number {
    return this.#uses?.of(number) ?? 0;
  }

  async #summariesAt(
    numbers: readonly number[],
    listing: SessionListing,
  ): Promise<SessionSummary[]> {
    const missing = numbers.filter((number) => !this.#summaries.has(number));
    const sessions = missing.length > 0 ? valueOf(await this.#parts.store.listedAt(missing)) : [];
    for (const session of sessions) {
      const operations = this.#operationsOf(session.number);
      this.#summaries.set(session.number, listedSummaryOf(session, { operations }));
    }
    return numbers.flatMap((number) => {
      const summary = this.#summaries.get(number);
      const foundIn = listing.foundIn(number);
      return summary && foundIn !== undefined ? { ...summary, foundIn } : (summary ?? []);
    });
  }

  async #bringUpToDate(): Promise<void> {
    this.#summaries.clear();
    // What is due ends now, so that it is in no list.
    valueOf(await this.#parts.store.totals());
    this.#following?.catchUp();
    if (this.#mustFill) await this.#fill();
    for (const { listing } of this.#opened.values()) await listing.fillIfNecessary();
    // That may have taken long.
    this.#following?.catchUp();
    while (this.#changed.size > 0) {
      const changed = [...this.#changed];
      this.#changed.clear();
      for (let from = 0; from < changed.length; from += sessionsPerTurn) {
        await this.#lookAgain(changed.slice(from, from + sessionsPerTurn));
      }
      // While others had their turn, more may have come: it waits for the next time.
      if (changed.length < sessionsPerTurn) break;
    }
  }

  async #fill(): Promise<void> {
    this.#mustFill = false;
    this.#changed.clear();
    try {
      const columns = new SessionColumns();
      for await (const sessions of this.#parts.store.listAll()) {
        for (const session of sessions) columns.set(session, this.#uses?.of(session.number));
      }
      this.#columns = columns;
      for (const { listing } of this.#opened.values()) listing.isFilled = false;
    } catch (error) {
      this.#mustFill = true;
      throw error;
    }
  }

  async #lookAgain(numbers: readonly number[]): Promise<void> {
    const sessions = valueOf(await this.#parts.store.listedAt(numbers));
    const byNumber = new Map(sessions.map((session) => [session.number, session]));
    const listings = [...this.#opened.values()].flatMap(({ listing }) =>
      listing.isFilled ? listing : [],
    );
    for (const number of numbers) {
      const session = byNumber.get(number);
      const operations = this.#operationsOf(number);
      const entering = listings.filter((each) => each.leave(number, session, operations));
      if (session) this.#columns.set(session, operations);
      else this.#columns.delete(number);
      for (const listing of entering) listing.enter(number);
    }
  }

  #close(key: string, opened: Opened, reader: () => void): void {
    if (!opened.readers.delete(reader) || opened.readers.size > 0) return;
    opened.listing.close();
    this.#opened.delete(key);
    if (this.#opened.size > 0) return;
    this.#following?.leave();
    this.#following = undefined;
    this.#uses?.close();
    this.#uses = undefined;
    this.#columns = new SessionColumns();
    this.#summaries.clear();
    this.#mustFill = true;
  }
}
