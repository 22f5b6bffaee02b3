import {
  maxListedKeys,
  maxListedSessions,
  maxListedValueLength,
  type InspectionEvent,
  type KeyEntry,
  type SessionSummary,
} from '../../protocol/inspection.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { maskToken } from '../../protocol/token.ts';
import type { Clock } from '../clock.ts';
import type { SessionChange, SessionEngine, SessionView } from '../engine/sessionEngine.ts';

/** Changes are gathered for so long, so that a busy store costs a few frames a second. */
export const gatherMs = 80;

/** Sessions in one frame of the first list. */
const sessionsPerFrame = 1000;

/** One who looks: where its frames go, and whether it keeps up. */
export interface Watcher {
  readonly send: (event: InspectionEvent) => void;
  /** A watcher that does not keep up gets the next changes later, all at once. */
  readonly isHeldUp: () => boolean;
}

interface FeedOptions {
  readonly engine: SessionEngine;
  readonly clock: Clock;
}

/** What one watcher has not been told yet. */
interface Untold {
  readonly watcher: Watcher;
  readonly sessions: Set<string>;
  watchedId: string | undefined;
  readonly keys: Set<string>;
  /** All keys of the watched session are to be told anew. */
  isKeyReset: boolean;
}

/**
 * Tells watchers about sessions as they change. It looks at the engine only while somebody
 * watches, and never in a way that touches a session.
 */
export class InspectorFeed {
  readonly #engine: SessionEngine;
  readonly #clock: Clock;
  readonly #watchers = new Map<Watcher, Untold>();
  #unsubscribe: () => void = () => undefined;
  #stopTimer: (() => void) | undefined;

  constructor({ engine, clock }: FeedOptions) {
    this.#engine = engine;
    this.#clock = clock;
  }

  /** Begins with the whole list. */
  async add(watcher: Watcher): Promise<void> {
    const isFirst = this.#watchers.size === 0;
    const untold: Untold = {
      watcher,
      sessions: new Set(),
      watchedId: undefined,
      keys: new Set(),
      isKeyReset: false,
    };
    this.#watchers.set(watcher, untold);
    if (isFirst) this.#unsubscribe = this.#engine.subscribe((change) => this.#note(change));
    await this.#tellAll(watcher);
  }

  remove(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#unsubscribe();
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  /** Follows one session's keys from now on; undefined for none. */
  watch(watcher: Watcher, id: string | undefined): void {
    const untold = this.#watchers.get(watcher);
    if (!untold) return;
    untold.watchedId = id;
    untold.keys.clear();
    untold.isKeyReset = id !== undefined;
    this.#tellSoon(0);
  }

  /** The whole token, on a person's explicit wish. */
  async reveal(watcher: Watcher, id: string): Promise<void> {
    const [session] = await this.#engine.viewSessions([id]);
    watcher.send({ type: 'token', id, token: session?.token ?? null });
  }

  /** A value that was too long to list. */
  async value(watcher: Watcher, { id, key }: { id: string; key: string }): Promise<void> {
    const view = await this.#engine.viewKeys(id, [key]);
    watcher.send({ type: 'value', id, key, value: view?.entries.get(key) ?? null });
  }

  async #tellAll(watcher: Watcher): Promise<void> {
    const ids = await this.#engine.listSessions(maxListedSessions);
    for (let from = 0; from === 0 || from < ids.length; from += sessionsPerFrame) {
      const sessions = await this.#engine.viewSessions(ids.slice(from, from + sessionsPerFrame));
      watcher.send(await this.#sessionsEvent(sessions, { isReset: from === 0, removed: [] }));
    }
  }

  #note(change: SessionChange): void {
    for (const untold of this.#watchers.values()) {
      untold.sessions.add(change.id);
      if (change.id === untold.watchedId) noteKeys(untold, change);
    }
    this.#tellSoon(gatherMs);
  }

  #tellSoon(delayMs: number): void {
    this.#stopTimer ??= this.#clock.setTimer(delayMs, () => {
      this.#stopTimer = undefined;
      void this.#tell();
    });
  }

  async #tell(): Promise<void> {
    for (const untold of this.#watchers.values()) {
      if (untold.watcher.isHeldUp()) this.#tellSoon(gatherMs);
      else await this.#tellWatcher(untold);
    }
  }

  async #tellWatcher(untold: Untold): Promise<void> {
    if (untold.sessions.size > 0) {
      const ids = [...untold.sessions];
      untold.sessions.clear();
      const changed = await this.#engine.viewSessions(ids);
      const living = new Set(changed.map(({ id }) => id));
      const removed = ids.filter((id) => !living.has(id));
      untold.watcher.send(await this.#sessionsEvent(changed, { isReset: false, removed }));
    }
    if (untold.isKeyReset || untold.keys.size > 0) await this.#tellKeys(untold);
  }

  async #tellKeys(untold: Untold): Promise<void> {
    const { watchedId: id, isKeyReset: isReset, watcher } = untold;
    if (id === undefined) return;
    const asked = isReset ? await this.#engine.listKeys(id, maxListedKeys) : [...untold.keys];
    untold.keys.clear();
    untold.isKeyReset = false;
    const view = asked && (await this.#engine.viewKeys(id, asked));
    if (!view) {
      untold.watchedId = undefined;
      watcher.send({ type: 'gone', id });
      return;
    }
    const { totalKeys, entries } = view;
    const changed = [...entries].map(([key, value]) => keyEntry(key, value));
    const removed = asked.filter((key) => !entries.has(key));
    watcher.send({ type: 'keys', id, isReset, totalKeys, changed, removed });
  }

  async #sessionsEvent(
    sessions: readonly SessionView[],
    { isReset, removed }: { isReset: boolean; removed: string[] },
  ): Promise<InspectionEvent> {
    const totals = await this.#engine.totals();
    return {
      type: 'sessions',
      isReset,
      nowMs: Math.round(this.#clock.nowMs()),
      totalSessions: totals.sessions,
      totalKeys: totals.keys,
      changed: sessions.map(summaryOf),
      removed,
    };
  }
}

function noteKeys(untold: Untold, change: SessionChange): void {
  switch (change.kind) {
    case 'stored':
      for (const key of change.keys) untold.keys.add(key);
      break;
    // A key that is removed may come back in another place, so the whole list is told anew.
    case 'removed':
    case 'created':
    case 'ended':
    case 'cleared':
      untold.isKeyReset = true;
      break;
  }
  if (untold.keys.size > maxListedKeys) untold.isKeyReset = true;
}

function keyEntry(key: string, value: JsonText): KeyEntry {
  const isListed = value.length <= maxListedValueLength;
  return { key, length: value.length, value: isListed ? value : null };
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
