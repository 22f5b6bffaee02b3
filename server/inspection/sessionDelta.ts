import {
  maxListedSessions,
  type InspectionEvent,
  type SessionSummary,
} from '../../protocol/inspection/events.ts';
import { maskToken } from '../../protocol/token.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { SessionView } from '../store/sessionStore.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems, maxFrameLength } from './frameSize.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';

/**
 * What one inspector does not know yet about the sessions. Only ids wait here, each once, and no
 * more than the list is long. They are taken out before the store is asked: a change that comes
 * while the store answers is kept for the next frame.
 */
export class SessionDelta {
  readonly #store: InspectedStore;
  /** Sent to the inspector, in the order of creation. */
  readonly #listed = new Set<string>();
  /** Created or changed since they were sent, in the order of creation. */
  readonly #changed = new Set<string>();
  /** Ended since they were sent; one that was created again is in both. */
  readonly #ended = new Set<string>();
  /** The store is being asked for these. */
  #asked: ReadonlySet<string> = new Set();
  #isListing = false;
  #mustList = true;
  #hasNewTotals = true;

  constructor(store: InspectedStore) {
    this.#store = store;
  }

  get hasChanges(): boolean {
    const hasSessions = this.#changed.size > 0 || this.#ended.size > 0;
    return this.#mustList || this.#hasNewTotals || hasSessions;
  }

  /** Marks what a change makes the inspector's list differ in. */
  mark(change: Change | Gap): void {
    this.#hasNewTotals = true;
    if (change.kind === 'gap') this.#mustList = true;
    else if ('session' in change) this.#markSession(change.session.id, change);
    else for (const { id } of change.sessions) this.#markSession(id, change);
  }

  /** The next frame; more follows while {@link hasChanges}. */
  async next(nowMs: number): Promise<InspectionEvent> {
    try {
      return await this.#next(nowMs);
    } catch (error) {
      this.#mustList = true; // What was taken out is lost.
      throw error;
    } finally {
      this.#asked = new Set();
      this.#isListing = false;
    }
  }

  async #next(nowMs: number): Promise<InspectionEvent> {
    const isReset = this.#mustList;
    if (isReset) await this.#list();
    this.#hasNewTotals = false;
    const ended = this.#takeEnded();
    const asked = firstOf(this.#changed, maxFrameItems);
    this.#asked = new Set(asked);
    for (const id of asked) this.#changed.delete(id);
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
      changed: changed.filter(({ id }) => this.#listed.has(id)).map(summaryOf),
      removed: [...ended, ...removed],
    };
  }

  #markSession(id: string, { kind }: Change): void {
    if (this.#mustList) return;
    const isKnown = this.#listed.has(id) || this.#asked.has(id);
    if (kind === 'ended') {
      this.#changed.delete(id);
      if (isKnown || this.#isListing) this.#ended.add(id);
    } else if (kind === 'created') {
      this.#changed.add(id);
      // Its place in the list that is on its way is the old one or the new one.
      this.#mustList = this.#isListing && this.#ended.has(id);
    } else if (isKnown) this.#changed.add(id);
    const waiting = Math.max(this.#changed.size, this.#ended.size);
    this.#mustList ||= waiting > maxListedSessions;
  }

  async #list(): Promise<void> {
    this.#mustList = false;
    this.#isListing = true;
    this.#listed.clear();
    this.#changed.clear();
    this.#ended.clear();
    const ids = valueOf(await this.#store.listSessions(maxListedSessions));
    this.#isListing = false;
    const createdSince = [...this.#changed];
    this.#changed.clear();
    // What ended meanwhile may still be in the list; created again, it comes at the end.
    const kept = ids.filter((id) => !this.#ended.has(id));
    for (const id of [...kept, ...createdSince]) this.#changed.add(id);
  }

  /** Those of the ended sessions that the inspector has. */
  #takeEnded(): string[] {
    const ended = [...this.#ended].filter((id) => this.#listed.delete(id));
    this.#ended.clear();
    return ended;
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
    this.#putBack(asked.splice(count));
    return changed;
  }

  /** Puts them before what has changed since, except for what has ended. */
  #putBack(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const changedSince = [...this.#changed];
    this.#changed.clear();
    for (const id of ids) if (!this.#ended.has(id)) this.#changed.add(id);
    for (const id of changedSince) this.#changed.add(id);
  }

  /** @returns Ids that leave the inspector's list: not there any more, or pushed out by newer ones. */
  #remember(asked: readonly string[], changed: readonly SessionView[]): string[] {
    const removed: string[] = [];
    const living = new Set(changed.map(({ id }) => id));
    for (const id of asked) {
      if (living.has(id)) this.#listed.add(id);
      else if (this.#listed.delete(id)) removed.push(id);
    }
    for (const id of this.#listed) {
      if (this.#listed.size <= maxListedSessions) break;
      this.#listed.delete(id);
      removed.push(id);
    }
    return removed;
  }
}

function summaryOf(session: SessionView): SessionSummary {
  const { id, name, token, shared, keyCount, createdAtMs, expiry } = session;
  return {
    id,
    name,
    maskedToken: maskToken(token),
    shared,
    keyCount,
    createdAtMs: Math.round(createdAtMs),
    expiry: expiry
      ? {
          durationSec: expiry.durationSec,
          deleteSession: expiry.deleteSession,
          // 100 years and more still fit; what does not is as good as never.
          deadlineMs: Math.min(Math.round(expiry.deadlineMs), Number.MAX_SAFE_INTEGER),
        }
      : null,
  };
}
