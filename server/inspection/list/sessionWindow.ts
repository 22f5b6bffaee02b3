import type { Clock } from '../../../protocol/clock.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import {
  maxRows,
  writeSessionSummary,
  type SessionSummary,
} from '../../../protocol/inspection/sessionLists.ts';
import type { Totals } from '../../store/sessionStore.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { valueOf } from '../valueOf.ts';
import { allWithin } from './sessionFilter.ts';
import type { OpenListing, SessionListings } from './sessionListings.ts';

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

interface WindowParts {
  /** Only sessions whose names begin so, whatever is asked for. */
  readonly within?: string;
  readonly hub: { readonly views: InspectedStore; readonly listings: SessionListings };
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Called when {@link SessionWindow.next} has something that no change of the store tells. */
  readonly onDue: () => void;
}

/** The rows of a listing that one inspector shows, and what it does not know of them yet. */
export class SessionWindow {
  readonly #store: InspectedStore;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #request: ListRequest;
  readonly #opened: OpenListing;
  /** All sessions that may be shown; undefined: those of the store. */
  readonly #all: OpenListing | undefined;
  /** What the inspector was sent, by id; as text, to be compared. */
  #known = new Map<string, string>();
  #from: number;
  #hasChanges = true;

  constructor({ hub, clock, onDue, within = '' }: WindowParts, request: ListRequest) {
    this.#store = hub.views;
    this.#clock = clock;
    this.#request = request;
    this.#from = request.from;
    const { sort, descending, find, content, prefix, separator, open } = request;
    const query = { sort, descending, find, content, prefix, separator, open, within };
    this.#opened = hub.listings.open(query, () => {
      this.#hasChanges = true;
      onDue();
    });
    this.#all = within === '' ? undefined : hub.listings.open(allWithin(within));
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  mark(): void {
    this.#hasChanges = true;
  }

  close(): void {
    this.#opened.close();
    this.#all?.close();
  }

  /** What is new. Rejects when the store cannot be read: then it is all to be asked for again. */
  async next(): Promise<InspectionEvent> {
    this.#hasChanges = false;
    try {
      await this.#opened.refresh();
      return await this.#frame();
    } catch (error) {
      this.#hasChanges = true;
      throw error;
    }
  }

  async #frame(): Promise<InspectionEvent> {
    const { number, count, separator } = this.#request;
    const { listing } = this.#opened;
    await this.#follow();
    const from = this.#from;
    const { groups, numbers } = listing.rows.slice(from, Math.min(count, maxRows));
    const { length } = listing.rows;
    const { matching } = listing;
    // Of the same moment as the rows.
    const { left, stopped } = listing.searched ?? {};
    const rows = await this.#opened.summariesAt(numbers);
    const { sessions: all, keys: allKeys } = await this.#totals();
    return {
      type: 'rows',
      number,
      nowMs: Math.round(this.#clock.nowMs()),
      from,
      groups: separator === undefined ? undefined : [...groups],
      ids: rows.map(({ id }) => id),
      length,
      matching,
      all,
      allKeys,
      changed: this.#unknown(rows),
      looked: left === undefined ? undefined : Math.max(0, all - left),
      stopped,
    };
  }

  async #totals(): Promise<Pick<Totals, 'sessions' | 'keys'>> {
    if (!this.#all) return valueOf(await this.#store.totals());
    await this.#all.refresh();
    return this.#all.listing.grouped?.total ?? { sessions: 0, keys: 0 };
  }

  /** Goes to where the anchor is now. */
  async #follow(): Promise<void> {
    const { anchor } = this.#request;
    const [session] = anchor ? valueOf(await this.#store.listedAt([anchor.id])) : [];
    const at = session && this.#opened.listing.positionOf(session.number);
    if (anchor && at !== undefined) this.#from = Math.max(0, at - anchor.before);
  }

  /** Those that the inspector does not have, or has as they were before. */
  #unknown(rows: readonly SessionSummary[]): SessionSummary[] {
    const known = new Map(rows.map((row) => [row.id, writeSessionSummary(row)]));
    const unknown = rows.filter(({ id }) => this.#known.get(id) !== known.get(id));
    this.#known = known;
    return unknown;
  }
}
