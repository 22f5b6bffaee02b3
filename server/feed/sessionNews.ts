import {
  maxListedSessions,
  type InspectionEvent,
  type SessionSummary,
} from '../../protocol/inspection.ts';
import { maskToken } from '../../protocol/token.ts';
import type { SessionChange, SessionEngine, SessionView } from '../engine/sessionEngine.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems, maxFrameLength } from './frameSize.ts';

/**
 * What one inspector has not been told yet about the sessions. Only ids wait here, each once, and
 * no more than the list is long: a session is looked at when its turn comes.
 */
export class SessionNews {
  readonly #engine: SessionEngine;
  /** Told to the inspector, in the order of creation. */
  readonly #listed = new Set<string>();
  readonly #untold = new Set<string>();
  #mustList = true;
  #hasNews = true;

  constructor(engine: SessionEngine) {
    this.#engine = engine;
  }

  get hasNews(): boolean {
    return this.#hasNews;
  }

  note({ kind, id }: SessionChange): void {
    this.#hasNews = true; // The totals, at least.
    if (this.#mustList) return;
    if (kind === 'created' || this.#listed.has(id)) this.#untold.add(id);
    if (this.#untold.size > maxListedSessions) this.#mustList = true;
  }

  /** The next frame; there is more while {@link hasNews}. */
  async next(nowMs: number): Promise<InspectionEvent> {
    const isReset = this.#mustList;
    if (isReset) await this.#list();
    const asked = firstOf(this.#untold, maxFrameItems);
    const { told, changed } = await this.#look(asked);
    const removed = this.#remember(told, changed);
    const totals = await this.#engine.totals();
    this.#hasNews = this.#mustList || this.#untold.size > 0;
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
    this.#untold.clear();
    for (const id of await this.#engine.listSessions(maxListedSessions)) this.#untold.add(id);
  }

  /** As many of the sessions as fit into a frame: those told of, and those of them that live. */
  async #look(asked: string[]): Promise<{ told: string[]; changed: SessionView[] }> {
    const living = new Map<string, SessionView>();
    for (const view of await this.#engine.viewSessions(asked)) living.set(view.id, view);
    const told: string[] = [];
    const changed: SessionView[] = [];
    let length = 0;
    for (const id of asked) {
      if (length > maxFrameLength) break;
      told.push(id);
      const view = living.get(id);
      if (view) changed.push(view);
      length += view?.name.length ?? 0;
    }
    return { told, changed };
  }

  /** @returns Ids that leave the inspector's list: ended, or pushed out by newer ones. */
  #remember(told: string[], changed: SessionView[]): string[] {
    const removed: string[] = [];
    const living = new Set(changed.map(({ id }) => id));
    for (const id of told) {
      this.#untold.delete(id);
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
