import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import type { SessionRef } from '../changes.ts';
import type { SessionIds } from '../sessionIds.ts';
import { LateEntry } from './lateEntry.ts';
import { PartedMap } from '../partedMap.ts';
import type { Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';

/** What the table has. */
interface Sessions {
  readonly inOrder: SessionChain;
  at(row: number): Session | undefined;
}

/** A session with an id, or one of which it is still to be made. */
interface Identified {
  id: string | undefined;
  readonly row: number;
  /** It can be found by its id. */
  readonly isIn: boolean;
}

/** A session that changes speak of, living or not. */
export interface NamedSession extends Identified {
  readonly token: Token;
}

/**
 * Finds sessions by their ids. An id is a hash and takes a microsecond or two, so it is made when it is first needed: without
 * an inspector none is, and of very many sessions only of those that are looked at.
 */
export class SessionIndex {
  readonly #idOf: SessionIds;
  readonly #sessions: Sessions;
  /** Rows. */
  readonly #byId = new PartedMap<string, number>();
  readonly #entry: LateEntry;

  constructor(idOf: SessionIds, sessions: Sessions) {
    this.#idOf = idOf;
    this.#sessions = sessions;
    this.#entry = new LateEntry(sessions, (session) => this.#enter(session));
  }

  /** Takes in a new session. */
  add(session: Session): void {
    this.#entry.add(session);
  }

  /** Makes the id of a session that will be added with others. */
  prepare(session: Session): void {
    if (this.#entry.isComplete) this.idOf(session);
  }

  /** Takes in sessions that were added together. @param first The row of the first; the others follow it. */
  addLoad(first: number): void {
    this.#entry.addLoad(first);
  }

  delete({ id }: Session): void {
    if (id !== undefined) this.#byId.delete(id);
  }

  /** All sessions are gone. */
  clear(): void {
    this.#entry.clear();
    this.#byId.clear();
  }

  /** From then on {@link get} finds it. */
  idOf(session: Session): string {
    return session.id ?? this.idWith(session, session.token);
  }

  /** The id of a session that may have ended. */
  idWith(session: Identified, token: Token): string {
    if (session.id !== undefined) return session.id;
    const id = this.#idOf(token);
    session.id = id;
    if (session.isIn) this.#byId.set(id, session.row);
    return id;
  }

  #enter(session: Session): void {
    const { id } = session;
    if (id === undefined) this.idOf(session);
    else if (session.isIn) this.#byId.set(id, session.row);
  }

  refOf(session: NamedSession): SessionRef {
    return new LazyRef(this, session);
  }

  /** Finds all when {@link complete} has settled, before only those whose ids were made. */
  get(id: string): Session | undefined {
    const row = this.#byId.get(id);
    return row === undefined ? undefined : this.#sessions.at(row);
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
  readonly #session: Identified;

  constructor(index: SessionIndex, session: NamedSession) {
    this.token = session.token;
    this.#index = index;
    this.#session = session;
  }

  get id(): string {
    return this.#index.idWith(this.#session, this.token);
  }

  get number(): number {
    return this.#session.row;
  }
}
