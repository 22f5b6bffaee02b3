import { setImmediate } from 'node:timers/promises';
import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import type { SessionSnapshot } from '../sessionStore.ts';
import type { Additions } from './additions.ts';
import type { Session } from './session.ts';
import { snapshotOf } from './sessionCopies.ts';
import type { SessionChain } from './sessionChain.ts';

/** A scan works for so long before others have their turn. */
const sliceMs = 10;

/** A scan that is under way: the sessions as they were when it began. */
class OpenScan<T> {
  readonly #copyOf: (session: Session) => T;
  readonly #isToCome: (order: number) => boolean;
  /** Sessions to come that have changed or ended since, as they were, by their places among all. */
  readonly #kept = new Map<number, T>();

  /** @param isToCome Whether the scan began with the session of this place and has not come to it yet. */
  constructor(copyOf: (session: Session) => T, isToCome: (order: number) => boolean) {
    this.#copyOf = copyOf;
    this.#isToCome = isToCome;
  }

  beforeChange(session: Session): void {
    const { order } = session;
    if (!this.#isToCome(order) || this.#kept.has(order)) return;
    this.#kept.set(order, this.#copyOf(session));
  }

  /** The session as it was. @param order Its place among all; it may have ended. */
  take(session: Session, order: number): T {
    const copy = this.#kept.get(order) ?? this.#copyOf(session);
    this.#kept.delete(order);
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
  readonly #additions: Additions;

  constructor(additions: Additions) {
    this.#additions = additions;
  }

  /** To be called before every change of a session, but not when all end: what is reached then stays as it is. */
  beforeChange(session: Session): void {
    if (this.#open.size === 0) return;
    for (const scan of this.#open) scan.beforeChange(session);
  }

  /**
   * All sessions in the order of their creation; those that have ended since come last.
   * @param table Its sessions, as they are when the scan begins.
   * @param makeReady What must be done before.
   */
  async *all<T>(
    table: { readonly inOrder: SessionChain },
    copyOf: (session: Session) => T,
    makeReady: () => Eventually<void> = () => undefined,
  ): AsyncGenerator<T> {
    const work = makeReady();
    if (work) await work;
    const last = this.#additions.count;
    let position = 0;
    const scan = new OpenScan(copyOf, (order) => order > position && order <= last);
    const { inOrder } = table;
    yield* this.#slices(scan, function* copies() {
      for (const session of inOrder) {
        const { order } = session;
        if (order > last) break;
        const copy = scan.take(session, order);
        position = order;
        yield copy;
      }
      position = last;
      yield* scan.rest();
    });
  }

  /** The sessions of these tokens, in this order. */
  async *of(
    tokens: readonly Token[],
    table: { get(token: Token): Session | undefined },
    makeReady: () => Eventually<void>,
  ): AsyncGenerator<SessionSnapshot> {
    const work = makeReady();
    if (work) await work;
    const found = tokens.flatMap((token) => table.get(token) ?? []);
    const sessions = found.map((session) => [session.order, session] as const);
    const toCome = new Set(sessions.map(([order]) => order));
    const scan = new OpenScan(snapshotOf, (order) => toCome.has(order));
    yield* this.#slices(scan, function* listed() {
      for (const [order, session] of sessions) {
        toCome.delete(order);
        yield scan.take(session, order);
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
