import { setImmediate } from 'node:timers/promises';
import type { Token } from '../../../protocol/token.ts';
import type { SessionSnapshot } from '../sessionStore.ts';
import { snapshotOf, type Session } from './session.ts';

/** A scan works for so long before others have their turn. */
const sliceMs = 10;

/** A scan that is under way: the sessions as they were when it began. */
interface OpenScan {
  /** Whether the scan began with this session and has not come to it yet. */
  readonly isToCome: (session: Session) => boolean;
  /** Sessions to come that have changed or ended since, as they were. */
  readonly kept: Map<Session, SessionSnapshot>;
}

/**
 * Scans of the sessions in memory. Each shows one moment without a copy of everything: only what
 * changes before the scan comes to it is copied, just before the change.
 */
export class Scans {
  readonly #open = new Set<OpenScan>();
  #added = 0;

  /** To be called for every new session. */
  add(session: Session): void {
    this.#added += 1;
    session.order = this.#added;
  }

  /** To be called before every change of a session. */
  beforeChange(session: Session): void {
    if (this.#open.size === 0) return;
    for (const { isToCome, kept } of this.#open) {
      if (isToCome(session) && !kept.has(session)) kept.set(session, snapshotOf(session));
    }
  }

  /** All sessions in the order of their creation; those that have ended since come last. */
  async *all(byToken: ReadonlyMap<Token, Session>): AsyncGenerator<SessionSnapshot> {
    const last = this.#added;
    let position = 0;
    const isToCome = ({ order }: Session) => order > position && order <= last;
    const scan = { isToCome, kept: new Map<Session, SessionSnapshot>() };
    yield* this.#slices(scan, function* sessions() {
      for (const session of byToken.values()) {
        if (session.order > last) break;
        const snapshot = scan.kept.get(session) ?? snapshotOf(session);
        scan.kept.delete(session);
        position = session.order;
        yield snapshot;
      }
      position = last;
      yield* scan.kept.values();
    });
  }

  /** These sessions, in this order. */
  async *only(sessions: readonly Session[]): AsyncGenerator<SessionSnapshot> {
    const toCome = new Set(sessions);
    const kept = new Map<Session, SessionSnapshot>();
    yield* this.#slices({ isToCome: (session) => toCome.has(session), kept }, function* listed() {
      for (const session of sessions) {
        toCome.delete(session);
        const snapshot = kept.get(session) ?? snapshotOf(session);
        kept.delete(session);
        yield snapshot;
      }
    });
  }

  async *#slices(
    scan: OpenScan,
    snapshots: () => Iterable<SessionSnapshot>,
  ): AsyncGenerator<SessionSnapshot> {
    this.#open.add(scan);
    try {
      let endMs = performance.now() + sliceMs;
      for (const snapshot of snapshots()) {
        yield snapshot;
        if (performance.now() < endMs) continue;
        await setImmediate();
        endMs = performance.now() + sliceMs;
      }
    } finally {
      this.#open.delete(scan);
    }
  }
}
