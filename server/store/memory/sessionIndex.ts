import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import type { SessionRef } from '../changes.ts';
import type { SessionIds } from '../sessionIds.ts';
import type { Session } from './session.ts';

/** Sessions are entered for so long before others have their turn. */
const sliceMs = 10;

/** The clock is looked at after so many sessions. */
const sessionsPerLook = 500;

/**
 * Finds sessions by their ids. An id is a hash and takes a microsecond or two, so it is made when it
 * is first needed: without an inspector none is.
 */
export class SessionIndex {
  readonly #idOf: SessionIds;
  readonly #byToken: ReadonlyMap<Token, Session>;
  readonly #byId = new Map<string, Session>();
  #unentered: Iterator<Session> | undefined;
  #isComplete = false;

  constructor(idOf: SessionIds, byToken: ReadonlyMap<Token, Session>) {
    this.#idOf = idOf;
    this.#byToken = byToken;
  }

  /** Takes in a new session. */
  add(session: Session): void {
    if (this.#isComplete) this.idOf(session);
  }

  delete(session: Session): void {
    if (session.id !== undefined) this.#byId.delete(session.id);
  }

  /** All sessions are gone. */
  clear(): void {
    this.#byId.clear();
  }

  idOf(session: Session): string {
    if (session.id !== undefined) return session.id;
    session.id = this.#idOf(session.token);
    if (this.#byToken.get(session.token) === session) this.#byId.set(session.id, session);
    return session.id;
  }

  refOf(session: Session): SessionRef {
    return new LazyRef(this, session);
  }

  /** Only when {@link complete} has settled. */
  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  /** Enters every session, at once or, when they are many, in slices. */
  complete(): Eventually<void> {
    if (this.#isComplete) return undefined;
    // New sessions come last in the map, and this reaches them too.
    this.#unentered ??= this.#byToken.values();
    const endMs = performance.now() + sliceMs;
    for (let count = 1; count % sessionsPerLook > 0 || performance.now() < endMs; count += 1) {
      const next = this.#unentered.next();
      if (next.done) {
        this.#isComplete = true;
        return undefined;
      }
      this.idOf(next.value);
    }
    return new Promise((resolve) => {
      setImmediate(() => resolve(this.complete()));
    });
  }
}

/** Names a session; its id is made when somebody asks for it, as a change of very many sessions has as many. */
class LazyRef implements SessionRef {
  readonly token: Token;
  readonly #index: SessionIndex;
  readonly #session: Session;

  constructor(index: SessionIndex, session: Session) {
    this.token = session.token;
    this.#index = index;
    this.#session = session;
  }

  get id(): string {
    return this.#index.idOf(this.#session);
  }
}
