import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { maxRows, writeSessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { summaryOf } from '../summaryOf.ts';
import { valueOf } from '../valueOf.ts';
import type { SessionListings } from './sessionListings.ts';

/** The rows of a listing that one inspector shows, and what it does not know of them yet. */
export class SessionWindow {
  readonly #store: InspectedStore;
  readonly #request: Extract<InspectionRequest, { type: 'list' }>;
  readonly #opened: ReturnType<SessionListings['open']>;
  /** What the inspector was sent, by id; as text, to be compared. */
  #known = new Map<string, string>();
  #hasChanges = true;

  constructor(
    { views, listings }: { readonly views: InspectedStore; readonly listings: SessionListings },
    request: Extract<InspectionRequest, { type: 'list' }>,
  ) {
    this.#store = views;
    this.#request = request;
    this.#opened = listings.open(request);
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  mark(): void {
    this.#hasChanges = true;
  }

  close(): void {
    this.#opened.close();
  }

  /** What is new. Rejects when the store cannot be read: then it is all to be asked for again. */
  async next(): Promise<InspectionEvent> {
    const { number, from, count } = this.#request;
    const { listing } = this.#opened;
    this.#hasChanges = false;
    try {
      await listing.refresh();
      const ids = listing.slice(from, Math.min(count, maxRows));
      const views = valueOf(await this.#store.viewSessions(ids));
      const totals = valueOf(await this.#store.totals());
      const byId = new Map(views.map((view) => [view.id, view]));
      // Others may be among the views; and some of these may have ended since.
      const rows = ids.flatMap((id) => {
        const view = byId.get(id);
        return view ? [summaryOf(view)] : [];
      });
      const known = new Map(rows.map((row) => [row.id, writeSessionSummary(row)]));
      const changed = rows.filter(({ id }) => this.#known.get(id) !== known.get(id));
      this.#known = known;
      return {
        type: 'rows',
        number,
        ids: rows.map(({ id }) => id),
        length: listing.size,
        matching: listing.size,
        all: totals.sessions,
        changed,
      };
    } catch (error) {
      this.#hasChanges = true;
      throw error;
    }
  }
}
