import { setImmediate } from 'node:timers/promises';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import { mapEventually, type Eventually } from '../../eventually.ts';
import type { Timeline } from '../timeline.ts';
import type { KeysView, SessionView } from '../views.ts';
import { writersOf } from './writersOf.ts';
import { viewOf } from './session.ts';
import type { SessionTable } from './sessionTable.ts';

/** Sessions are viewed for so long before others have their turn. */
const sliceMs = 5;

/** The clock is looked at after so many sessions. */
const viewsPerLook = 200;

/** What the inspector sees. */
export class SessionViews {
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  listSessions(limit: number): Eventually<Result<string[], Refusal>> {
    return this.#view(({ inOrder, index }) =>
      inOrder.lastOf(limit).map((each) => index.idOf(each)),
    );
  }

  viewSessions(ids: Iterable<string>): Eventually<Result<SessionView[], Refusal>> {
    return this.#view(({ index }) =>
      [...ids].flatMap((id) => {
        const session = index.get(id);
        return session ? viewOf(session, id) : [];
      }),
    );
  }

  /** In slices, with others in between. */
  async *viewAll(): AsyncGenerator<readonly SessionView[]> {
    await this.#view(() => undefined);
    const { byToken, inOrder, index } = this.#table;
    let views: SessionView[] = [];
    let endMs = performance.now() + sliceMs;
    for (const session of inOrder) {
      // One that has left may still be on the way.
      if (byToken.get(session.token) === session) views.push(viewOf(session, index.idOf(session)));
      if (views.length % viewsPerLook > 0 || performance.now() < endMs) continue;
      yield views;
      views = [];
      await setImmediate();
      endMs = performance.now() + sliceMs;
    }
    yield views;
  }

  listKeys(id: string, limit: number): Eventually<Result<string[] | undefined, Refusal>> {
    return this.#view(({ index }) => {
      const session = index.get(id);
      return session && firstOf(session.keys, limit);
    });
  }

  viewKeys(id: string, keys: Iterable<string>): Eventually<Result<KeysView | undefined, Refusal>> {
    return this.#view(({ index, history }) => {
      const session = index.get(id);
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
    return this.#view(({ index, history }) => {
      const session = index.get(id);
      const timeline = session ? history.timelineOf(session) : history.timelineOfEnded(id);
      return timeline && read(timeline);
    });
  }

  #view<T>(look: (table: SessionTable) => T): Eventually<Result<T, Refusal>> {
    return mapEventually(this.#makeReady(), () => ok(look(this.#table)));
  }

  /** Nothing is due and every session can be found. */
  #makeReady(): Eventually<void> {
    const work = this.#table.index.complete() ?? this.#table.sweepAll();
    // Either may be necessary again after the other.
    return work && work.then(() => this.#makeReady());
  }
}

/** The first keys of a map, at most `limit`, in order. */
function firstOf<K>(map: ReadonlyMap<K, unknown>, limit: number): K[] {
  const keys: K[] = [];
  for (const key of map.keys()) {
    if (keys.length === limit) break;
    keys.push(key);
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
