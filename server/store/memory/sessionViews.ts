import { setImmediate } from 'node:timers/promises';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import { afterEventually, type Eventually } from '../../eventually.ts';
import type { KeyRange, KeysView, ListedSession, SessionView } from '../views.ts';
import { inTurns } from '../../turns.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { EndedSession } from '../changes.ts';
import { Listed } from './listed.ts';
import type { Session } from './session.ts';
import { viewOf } from './sessionCopies.ts';
import type { Timeline } from '../timeline.ts';
import { writersOf } from '../history/writersOf.ts';
import type { SessionTable } from './sessionTable.ts';

/** Sessions are viewed, and what is seen is taken in, for so long before others have their turn. */
const sliceMs = 3;

/** Sessions that are handed over together. */
const sessionsPerLook = 500;

/** Ids that are made in one step. */
const idsPerStep = 2_000;

/** What the inspector sees. */
export class SessionViews {
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  listSessions(limit: number): Eventually<Result<string[], Refusal>> {
    return afterEventually(this.#swept(), () => inTurns(this.#newest(limit)));
  }

  *#newest(limit: number): Steps<Result<string[], Refusal>> {
    const { inOrder, index } = this.#table;
    const ids: string[] = [];
    for (const [at, session] of inOrder.lastOf(limit).entries()) {
      if (at > 0 && at % idsPerStep === 0) yield;
      ids.push(index.idOf(session));
    }
    return ok(ids);
  }

  viewSessions(ids: Iterable<string>): Eventually<Result<SessionView[], Refusal>> {
    const wanted = [...ids];
    return this.#found(wanted, (sessions) =>
      sessions.flatMap((session, at) => (session ? viewOf(session, wanted[at] ?? '') : [])),
    );
  }

  /** In slices, with others in between. */
  async *listAll(): AsyncGenerator<readonly ListedSession[]> {
    await this.#swept();
    const table = this.#table;
    let listed: ListedSession[] = [];
    let endMs = performance.now() + sliceMs;
    for (let row = 1; row <= table.rows.last; row += 1) {
      const session = table.at(row);
      if (session) listed.push(this.#listed(session));
      if (row % sessionsPerLook > 0) continue;
      yield listed;
      listed = [];
      if (performance.now() < endMs) continue;
      await setImmediate();
      endMs = performance.now() + sliceMs;
    }
    yield listed;
  }

  listedAt(handles: Iterable<number | string>): Eventually<Result<ListedSession[], Refusal>> {
    return afterEventually(this.#swept(), () => {
      const table = this.#table;
      const listed: ListedSession[] = [];
      for (const handle of handles) {
        const isNumber = typeof handle === 'number';
        const session = isNumber ? table.at(handle) : table.index.get(handle);
        if (session) listed.push(this.#listed(session));
      }
      return ok(listed);
    });
  }

  listKeys(id: string, range: KeyRange): Eventually<Result<string[] | undefined, Refusal>> {
    return this.#found([id], ([session]) => session && keysIn(session.keys, range));
  }

  viewKeys(id: string, keys: Iterable<string>): Eventually<Result<KeysView | undefined, Refusal>> {
    const { history } = this.#table;
    return this.#found([id], ([session]) => {
      if (!session) return undefined;
      const entries = present(session.keys, keys);
      const writers = writersOf(history.timelineOf(session), entries.keys());
      return { totalKeys: session.keys.size, entries, writers };
    });
  }

  readTimeline<T>(
    id: string,
    read: (timeline: Timeline) => T,
  ): Eventually<Result<T | undefined, Refusal>> {
    const { history } = this.#table;
    return this.#found([id], ([session]) => {
      const timeline = session ? history.timelineOf(session) : history.timelineOfEnded(id);
      return timeline && read(timeline);
    });
  }

  /** Without those of which a session lives again, as one of the same shared name has the same token. */
  listEnded(): Eventually<Result<EndedSession[], Refusal>> {
    const table = this.#table;
    return afterEventually(this.#swept(), () =>
      ok(table.changes.recentlyEnded.list().filter(({ token }) => !table.get(token))),
    );
  }

  #listed(session: Session): ListedSession {
    const { index, changes } = this.#table;
    return new Listed(session, index, changes.madeAtMs);
  }

  /** Looks at the sessions of these ids; undefined: there is none. */
  #found<T>(
    ids: readonly string[],
    look: (sessions: readonly (Session | undefined)[]) => T,
  ): Eventually<Result<T, Refusal>> {
    const { index } = this.#table;
    return afterEventually(this.#swept(), () => {
      const known = ids.map((id) => index.get(id));
      const work = known.includes(undefined) ? index.complete() : undefined;
      if (!work) return ok(look(ids.map((id) => index.get(id))));
      return work.then(() => this.#found(ids, look));
    });
  }

  /** Nothing is due. */
  #swept(): Eventually<void> {
    const work = this.#table.sweepAll();
    return work && work.then(() => this.#swept());
  }
}

function keysIn<K>(map: ReadonlyMap<K, unknown>, { from, count }: KeyRange): K[] {
  const keys: K[] = [];
  let at = 0;
  for (const key of map.keys()) {
    if (keys.length === count) break;
    if (at >= from) keys.push(key);
    at += 1;
  }
  return keys;
}

/** The entries of those of the keys that the map has, in the order asked. */
function present<K, V>(map: ReadonlyMap<K, V>, keys: Iterable<K>): Map<K, V> {
  const entries = new Map<K, V>();
  for (const key of keys) {
    const value = map.get(key);
    if (value !== undefined) entries.set(key, value);
  }
  return entries;
}
