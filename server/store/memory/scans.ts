import { setImmediate } from 'node:timers/promises';
import type { Eventually } from '../../eventually.ts';
import type { SessionSnapshot } from '../sessionStore.ts';
import { orderOf, snapshotOf, type LoadMark, type Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';

/** A scan works for so long before others have their turn. */
const sliceMs = 10;

/** A scan that is under way: the sessions as they were when it began. */
class OpenScan<T> {
  readonly #copyOf: (session: Session) => T;
  readonly #isToCome: (session: Session) => boolean;
  /** Sessions to come that have changed or ended since, as they were. */
  readonly #kept = new Map<Session, T>();

  /** @param isToCome Whether the scan began with this session and has not come to it yet. */
  constructor(copyOf: (session: Session) => T, isToCome: (session: Session) => boolean) {
    this.#copyOf = copyOf;
    this.#isToCome = isToCome;
  }

  beforeChange(session: Session): void {
    if (!this.#isToCome(session) || this.#kept.has(session)) return;
    this.#kept.set(session, this.#copyOf(session));
  }

  /** The session as it was. */
  take(session: Session): T {
    const copy = this.#kept.get(session) ?? this.#copyOf(session);
    this.#kept.delete(session);
    return copy;
  }

  /** Those that have ended before the scan came to them. */
  rest(): Iterable<T> {
    return this.#kept.values();
  }
}

/**
 * Scans of the sessions in memory. Each shows one moment without a copy of everything: only what
 * changes before the scan comes to it is copied, just before the change.
 */
export class Scans {
  readonly #open = new Set<OpenScan<unknown>>();
  #added = 0;

  /** To be called for every new session. */
  add(session: Session): void {
    this.#added += 1;
    session.order = this.#added;
  }

  /** To be called when sessions of a load are added, which have counted themselves from 1 on. */
  addLoad(load: LoadMark, count: number): void {
    load.before = this.#added;
    this.#added += count;
  }

  /** To be called before every change of a session, but not when all end: what is reached then stays as it is. */
  beforeChange(session: Session): void {
    if (this.#open.size === 0) return;
    for (const scan of this.#open) scan.beforeChange(session);
  }

  /**
   * All sessions in the order of their creation; those that have ended since come last.
   * @param makeReady What must be done before the scan begins.
   */
  async *all<T>(
    sessions: SessionChain,
    copyOf: (session: Session) => T,
    makeReady: () => Eventually<void> = () => undefined,
  ): AsyncGenerator<T> {
    const work = makeReady();
    if (work) await work;
    const last = this.#added;
    let position = 0;
    const scan = new OpenScan(copyOf, (session) => {
      const order = orderOf(session);
      return order > position && order <= last;
    });
    yield* this.#slices(scan, function* copies() {
      for (const session of sessions) {
        const order = orderOf(session);
        if (order > last) break;
        const copy = scan.take(session);
        position = order;
        yield copy;
      }
      position = last;
      yield* scan.rest();
    });
  }

  /** These sessions, in this order. */
  async *of(
    find: () => readonly Session[],
    makeReady: () => Eventually<void>,
  ): AsyncGenerator<SessionSnapshot> {
    const work = makeReady();
    if (work) await work;
    const sessions = find();
    const toCome = new Set(sessions);
    const scan = new OpenScan(snapshotOf, (session) => toCome.has(session));
    yield* this.#slices(scan, function* listed() {
      for (const session of sessions) {
        toCome.delete(session);
        yield scan.take(session);
      }
    });
  }

  async *#slices<T>(scan: OpenScan<T>, copies: () => Iterable<T>): AsyncGenerator<T> {
    this.#open.add(scan);
    try {
      let endMs = performance.now() + sliceMs;
      for (const copy of copies()) {
        yield copy;
        if (performance.now() < endMs) continue;
        await setImmediate();
        endMs = performance.now() + sliceMs;
      }
    } finally {
      this.#open.delete(scan);
    }
  }
}
