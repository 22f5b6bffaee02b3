import { maxListedSessions, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { SessionView } from '../store/views.ts';
import { maxFrameLength, maxMarked } from './frameSize.ts';
import { ListDelta } from './listDelta.ts';
import type { InspectedStore } from './sharedViews.ts';
import { summaryOf } from './summaryOf.ts';
import { valueOf } from './valueOf.ts';

/** What one inspector does not know yet about the sessions. */
export class SessionDelta {
  readonly #store: InspectedStore;
  readonly #sessions = new ListDelta(maxListedSessions);
  #hasNewTotals = true;

  constructor(store: InspectedStore) {
    this.#store = store;
  }

  get hasChanges(): boolean {
    return this.#hasNewTotals || this.#sessions.hasChanges;
  }

  /** Marks what a change makes the inspector's list differ in. */
  mark(change: Change | Gap): void {
    this.#hasNewTotals = true;
    if (change.kind === 'gap') this.#sessions.listAgain();
    else if ('session' in change) this.#markSession(change.session.id, change);
    else if (change.sessions.length > maxMarked) this.#sessions.listAgain();
    else for (const { id } of change.sessions) this.#markSession(id, change);
  }

  /** The next frame; more follows while {@link hasChanges}. */
  next(nowMs: number): Promise<InspectionEvent> {
    return this.#sessions.frame(() => this.#next(nowMs));
  }

  async #next(nowMs: number): Promise<InspectionEvent> {
    const isReset = this.#sessions.mustList;
    if (isReset) await this.#sessions.list((limit) => this.#store.listSessions(limit));
    this.#hasNewTotals = false;
    const ended = this.#sessions.takeRemoved();
    const asked = this.#sessions.takeChanged();
    const views = valueOf(await this.#store.viewSessions(asked));
    const totals = valueOf(await this.#store.totals());
    const changed = this.#take(asked, views);
    const removed = this.#remember(asked, changed);
    return {
      type: 'sessions',
      isReset,
      nowMs: Math.round(nowMs),
      totalSessions: totals.sessions,
      totalKeys: totals.keys,
      changed: changed.filter(({ id }) => this.#sessions.listed.has(id)).map(summaryOf),
      removed: [...ended, ...removed],
    };
  }

  #markSession(id: string, { kind }: Change): void {
    if (kind === 'ended') this.#sessions.remove(id);
    else if (kind === 'created') this.#sessions.add(id);
    else if (this.#sessions.isKnown(id)) this.#sessions.change(id);
  }

  /** Those that live, as many as fit into a frame; the others wait for the next one. */
  #take(asked: string[], views: readonly SessionView[]): SessionView[] {
    const living = new Map(views.map((view) => [view.id, view]));
    const changed: SessionView[] = [];
    let length = 0;
    let count = 0;
    for (const id of asked) {
      if (length > maxFrameLength) break;
      count += 1;
      const view = living.get(id);
      if (view) changed.push(view);
      length += view?.name.length ?? 0;
    }
    this.#sessions.putBack(asked.splice(count));
    return changed;
  }

  /** @returns Ids that leave the inspector's list: not there any more, or pushed out by newer ones. */
  #remember(asked: readonly string[], changed: readonly SessionView[]): string[] {
    const { listed } = this.#sessions;
    const removed: string[] = [];
    const living = new Set(changed.map(({ id }) => id));
    for (const id of asked) {
      if (living.has(id)) listed.add(id);
      else if (listed.delete(id)) removed.push(id);
    }
    for (const id of listed) {
      if (listed.size <= maxListedSessions) break;
      listed.delete(id);
      removed.push(id);
    }
    return removed;
  }
}
