import {
  maxListedSessions,
  type InspectionEvent,
  type SessionSummary,
} from '../../protocol/inspection.ts';
import { maskToken } from '../../protocol/token.ts';
import type { SessionChange } from '../store/changes.ts';
import type { SessionStore, SessionView } from '../store/sessionStore.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems, maxFrameLength } from './frameSize.ts';

/**
 * What one inspector does not know yet about the sessions. Only ids wait here, each once, and no
 * more than the list is long. They are taken out before the store is asked: a change that comes
 * while the store answers is kept for the next frame.
 */
export class SessionNews {
  readonly #store: SessionStore;
  /** Sent to the inspector, in the order of creation. */
  readonly #listed = new Set<string>();
  readonly #changed = new Set<string>();
  /** The store is being asked for these. */
  #asked: ReadonlySet<string> = new Set();
  #mustList = true;
  #hasNewTotals = true;

  constructor(store: SessionStore) {
    this.#store = store;
  }

  get hasNews(): boolean {
    return this.#mustList || this.#hasNewTotals || this.#changed.size > 0;
  }

  note({ kind, id }: SessionChange): void {
    this.#hasNewTotals = true;
    if (this.#mustList) return;
    if (kind === 'created' || this.#listed.has(id) || this.#asked.has(id)) this.#changed.add(id);
    if (this.#changed.size > maxListedSessions) this.#mustList = true;
  }

  /** The next frame; there is more while {@link hasNews}. */
  async next(nowMs: number): Promise<InspectionEvent> {
    try {
      return await this.#next(nowMs);
    } catch (error) {
      this.#mustList = true; // What was taken out is lost.
      throw error;
    } finally {
      this.#asked = new Set();
    }
  }

  async #next(nowMs: number): Promise<InspectionEvent> {
    const isReset = this.#mustList;
    if (isReset) await this.#list();
    this.#hasNewTotals = false;
    const asked = firstOf(this.#changed, maxFrameItems);
    this.#asked = new Set(asked);
    for (const id of asked) this.#changed.delete(id);
    const views = await this.#store.viewSessions(asked);
    const totals = await this.#store.totals();
    const changed = this.#take(asked, views);
    const removed = this.#remember(asked, changed);
    return {
      type: 'sessions',
      isReset,
      nowMs: Math.round(nowMs),
      totalSessions: totals.sessions,
      totalKeys: totals.keys,
      changed: changed.filter(({ id }) => this.#listed.has(id)).map(summaryOf),
      removed,
    };
  }

  async #list(): Promise<void> {
    this.#mustList = false;
    this.#listed.clear();
    this.#changed.clear();
    const ids = await this.#store.listSessions(maxListedSessions);
    const createdMeanwhile = [...this.#changed];
    this.#changed.clear();
    for (const id of [...ids, ...createdMeanwhile]) this.#changed.add(id);
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

  /** Before what has changed since. */
  #putBack(ids: readonly string[]): void {
    const changedSince = [...this.#changed];
    this.#changed.clear();
    for (const id of [...ids, ...changedSince]) this.#changed.add(id);
  }

  /** @returns Ids that leave the inspector's list: ended, or pushed out by newer ones. */
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
