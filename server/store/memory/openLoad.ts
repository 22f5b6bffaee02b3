import type { Token } from '../../../protocol/token.ts';
import type { CreatedSession, CreatedSessions } from '../changes.ts';
import { PartedMap } from '../partedMap.ts';
import { createdSession, type LoadMark, type Session, type SessionTerm } from './session.ts';
import { SessionChain } from './sessionChain.ts';
import type { SessionIndex } from './sessionIndex.ts';
import type { Growth } from './usage.ts';

/** What a load must know of the others. */
interface Others {
  readonly byToken: Pick<PartedMap<Token, Session>, 'get'>;
  readonly index: Pick<SessionIndex, 'prepare' | 'idOf' | 'numbers'>;
  readonly changes: { readonly isFollowed: boolean };
  living(token: Token): Session | undefined;
}

/**
 * Sessions that are being put back. They are kept apart, where nobody sees them, until all are there; what happens
 * to the others in the meantime decides which of them are missing.
 */
export class OpenLoad {
  readonly byToken = new PartedMap<Token, Session>();
  readonly inOrder = new SessionChain();
  readonly mark: LoadMark = { before: 0 };
  readonly #others: Others;
  /** Those whose token is living; missing when that ends. */
  #living = new PartedMap<Token, Session>();
  /** Those whose token was living until all sessions ended. */
  readonly #freed: PartedMap<Token, Session>[] = [];
  readonly #growth = { sessions: 0, keys: 0, bytes: 0 };
  readonly #terms: SessionTerm[] = [];
  /** As a change has them, each at its place in the load; undefined: it is missing no more. */
  readonly #records: (CreatedSession | undefined)[] | undefined;
  #places = 0;

  constructor(others: Others) {
    this.#others = others;
    this.#records = others.changes.isFollowed ? [] : undefined;
  }

  /** What they add to the store. */
  get growth(): Growth {
    return this.#growth;
  }

  /** Takes in a session, unless there is one of its token. */
  add(session: Session): void {
    const { token } = session;
    if (this.byToken.has(token) || this.#living.has(token)) session.keys.clear();
    else if (this.#others.living(token)) this.#living.set(token, session);
    else this.#put(session);
  }

  /** To be called when a session has been added to the table. */
  noteAdded(token: Token): void {
    const session = this.byToken.get(token);
    if (!session) return;
    this.byToken.delete(token);
    this.inOrder.remove(session);
    this.#count(session, -1);
    if (this.#records) this.#records[session.order - 1] = undefined;
    this.#living.set(token, session);
  }

  /** To be called when a session has left the table. */
  noteDeleted(token: Token): void {
    const session = this.#living.get(token);
    if (!session) return;
    this.#living.delete(token);
    this.#put(session);
  }

  /** To be called when all sessions have left the table. */
  noteAllDeleted(): void {
    this.#freed.push(this.#living);
    this.#living = new PartedMap();
  }

  /** Sessions to be added once more, as those of their tokens have ended. */
  takeFreed(): Iterable<Session> | undefined {
    return this.#freed.shift()?.values();
  }

  /** Sessions that have not been added to the table. */
  *unused(): Iterable<Session> {
    yield* this.inOrder;
    for (const sessions of [this.#living, ...this.#freed]) yield* sessions.values();
  }

  /** The change that adds all of them; undefined: nobody followed when the load began. */
  created(): CreatedSessions<CreatedSession> | undefined {
    if (!this.#records) return undefined;
    const { mark } = this;
    const { byToken } = this.#others;
    const { sessions: length } = this.#growth;
    const records =
      this.#records.length === length ? this.#records : this.#records.filter((each) => each);
    const has = (token: Token) => byToken.get(token)?.load === mark;
    return { length, has, [Symbol.iterator]: () => (records as CreatedSession[]).values() };
  }

  /** Those that still run and are watched by nobody. */
  *terms(): Iterable<SessionTerm> {
    const { byToken } = this.#others;
    for (const term of this.#terms) {
      const { session, heapIndex } = term;
      const isCurrent = session?.term === term && byToken.get(session.token) === session;
      if (isCurrent && heapIndex < 0) yield term;
    }
  }

  /** Places that sessions have had in it. */
  get places(): number {
    return this.#places;
  }

  get hasTerms(): boolean {
    return this.#terms.length > 0;
  }

  #put(session: Session): void {
    this.#places += 1;
    session.order = this.#places;
    session.load = this.mark;
    this.byToken.set(session.token, session);
    this.inOrder.add(session);
    this.#count(session, 1);
    if (session.term) this.#terms.push(session.term);
    const { index } = this.#others;
    index.prepare(session);
    this.#records?.push(createdSession(session, index));
  }

  #count({ keys, bytes }: Session, sign: 1 | -1): void {
    this.#growth.sessions += sign;
    this.#growth.keys += sign * keys.size;
    this.#growth.bytes += sign * bytes;
  }
}
