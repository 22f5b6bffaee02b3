import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import type { SessionRef } from '../changes.ts';
import type { SessionIds } from '../sessionIds.ts';
import { LateEntry } from './lateEntry.ts';
import { PartedMap } from '../partedMap.ts';
import type { Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';
import { SessionNumbers } from './sessionNumbers.ts';

/** What the table has. */
interface Sessions {
  readonly byToken: Pick<PartedMap<Token, Session>, 'get'>;
  readonly inOrder: SessionChain;
}

/**
 * Finds sessions by their ids, and by their numbers. An id is a hash and takes a microsecond or two, so it is made
 * when it is first needed: without an inspector none is, and of very many sessions only of those that are looked at.
 */
export class SessionIndex {
  readonly numbers: SessionNumbers;
  readonly #idOf: SessionIds;
  readonly #sessions: Sessions;
  readonly #byId = new PartedMap<string, Session>();
  readonly #entry: LateEntry;

  constructor(idOf: SessionIds, sessions: Sessions) {
    this.#idOf = idOf;
    this.#sessions = sessions;
    this.numbers = new SessionNumbers(sessions);
    this.#entry = new LateEntry(sessions.inOrder, (session) => this.#enter(session));
  }

  /** Takes in a new session. */
  add(session: Session): void {
    this.numbers.add(session);
    this.#entry.add(session);
  }

  /** Makes the id of a session that will be added with others. */
  prepare(session: Session): void {
    if (this.#entry.isComplete) this.idOf(session);
  }

  /** Takes in sessions that were added together. @param first The others follow it. */
  addLoad(first: Session | undefined): void {
    this.numbers.addLoad(first);
    this.#entry.addLoad(first);
  }

  delete(session: Session): void {
    this.numbers.delete(session);
    if (session.id !== undefined) this.#byId.delete(session.id);
  }

  /** All sessions are gone. */
  clear(): void {
    this.numbers.clear();
    this.#entry.clear();
    this.#byId.clear();
  }

  /** From then on {@link get} finds it. */
  idOf(session: Session): string {
    if (session.id !== undefined) return session.id;
    const id = this.#idOf(session.token);
    session.id = id;
    if (this.#sessions.byToken.get(session.token) === session) this.#byId.set(id, session);
    return id;
  }

  #enter(session: Session): void {
    if (session.id === undefined) this.idOf(session);
    else if (this.#sessions.byToken.get(session.token) === session) {
      this.#byId.set(session.id, session);
    }
  }

  refOf(session: Session): SessionRef {
    return new LazyRef(this, session);
  }

  /** Finds all when {@link complete} has settled, before only those whose ids were made. */
  get(id: string): Session | undefined {
    return this.#byId.get(id);
  }

  /** Enters every session, at once or, when they are many, in slices. */
  complete(): Eventually<void> {
    return this.#entry.complete();
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

  get number(): number {
    return Math.abs(this.#session.number);
  }
}
