import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { maxRows, writeSessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Clock } from '../../../protocol/clock.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { summaryOf } from '../summaryOf.ts';
import { valueOf } from '../valueOf.ts';
import type { SessionListings } from './sessionListings.ts';

interface WindowParts {
  readonly hub: { readonly views: InspectedStore; readonly listings: SessionListings };
  readonly clock: Pick<Clock, 'nowMs'>;
}

/** The rows of a listing that one inspector shows, and what it does not know of them yet. */
export class SessionWindow {
  readonly #store: InspectedStore;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #request: Extract<InspectionRequest, { type: 'list' }>;
  readonly #opened: ReturnType<SessionListings['open']>;
  /** What the inspector was sent, by id; as text, to be compared. */
  #known = new Map<string, string>();
  #from: number;
  #hasChanges = true;

  constructor({ hub, clock }: WindowParts, request: Extract<InspectionRequest, { type: 'list' }>) {
    this.#store = hub.views;
    this.#clock = clock;
    this.#request = request;
    this.#from = request.from;
    this.#opened = hub.listings.open(request);
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
    const { number, count, anchor } = this.#request;
    const { listing } = this.#opened;
    this.#hasChanges = false;
    try {
      await listing.refresh();
      const at = anchor ? listing.positionOf(anchor.id) : undefined;
      if (anchor && at !== undefined) this.#from = Math.max(0, at - anchor.before);
      const from = this.#from;
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
        nowMs: Math.round(this.#clock.nowMs()),
        from,
        ids: rows.map(({ id }) => id),
        length: listing.size,
        matching: listing.size,
        all: totals.sessions,
        allKeys: totals.keys,
        changed,
      };
    } catch (error) {
      this.#hasChanges = true;
      throw error;
    }
  }
}
