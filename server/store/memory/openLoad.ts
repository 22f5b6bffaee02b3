import type { Token } from '../../../protocol/token.ts';
import type { CreatedSession, CreatedSessions } from '../changes.ts';
import { LongNumbers } from '../longList.ts';
import type { Additions } from './additions.ts';
import { Session } from './session.ts';
import { SessionChain } from './sessionChain.ts';
import { createdSession } from './sessionCopies.ts';
import type { SessionIndex } from './sessionIndex.ts';
import type { SessionRows } from './sessionRows.ts';
import type { SessionTerm } from './termRows.ts';
import { TokenTable } from './tokenTable.ts';
import type { Growth } from './usage.ts';

/** What a load must know of the others. */
interface Others {
  readonly rows: SessionRows;
  readonly index: SessionIndex;
  readonly changes: { readonly isFollowed: boolean };
  get(token: Token): Session | undefined;
  living(token: Token): Session | undefined;
  at(row: number): Session | undefined;
}

/**
 * Sessions that are being put back. They are kept apart, where nobody sees them, until all are there; what happens
 * to the others in the meantime decides which of them are missing.
 */
export class OpenLoad {
  readonly byToken: TokenTable;
  readonly inOrder: SessionChain;
  /** See {@link Additions}. */
  readonly group: number;
  readonly #others: Others;
  readonly #rows: SessionRows;
  /** Those whose token is living; missing when that ends. */
  readonly #living: TokenTable;
  readonly #growth = { sessions: 0, keys: 0, bytes: 0 };
  /** Rows of those that expire, also of those that have left. */
  readonly #expiring = new LongNumbers(0);
  /** As a change has them, each at its place in the load; undefined: it is missing no more. */
  readonly #records: (CreatedSession | undefined)[] | undefined;
  #places = 0;
  #isVoid = false;

  constructor(others: Others, additions: Additions) {
    this.#others = others;
    this.#rows = others.rows;
    this.byToken = new TokenTable(this.#rows);
    this.#living = new TokenTable(this.#rows);
    this.inOrder = new SessionChain(this.#rows);
    this.group = additions.openGroup();
    this.#records = others.changes.isFollowed ? [] : undefined;
  }

  /** What they add to the store. */
  get growth(): Growth {
    return this.#growth;
  }

  /** Takes in a session, unless there is one of its token. */
  add(session: Session): void {
    const { token, row } = session;
    if (this.byToken.find(token) !== 0 || this.#living.find(token) !== 0) session.free();
    else if (this.#others.living(token)) this.#living.set(token, row);
    else this.#put(session, token);
  }

  /** To be called when a session has been added to the table. */
  noteAdded(token: Token): void {
    const row = this.byToken.find(token);
    if (row === 0) return;
    const session = new Session(this.#rows, row);
    this.byToken.delete(token);
    this.inOrder.remove(session);
    this.#count(session, -1);
    if (this.#records) this.#records[session.place - 1] = undefined;
    session.group = 0;
    this.#living.set(token, row);
  }

  /** To be called when a session has left the table. */
  noteDeleted(token: Token): void {
    const row = this.#living.find(token);
    if (row === 0) return;
    this.#living.delete(token);
    this.#put(new Session(this.#rows, row), token);
  }

  /** To be called when all sessions have left the table, with the rows in which this load is. */
  noteAllDeleted(): void {
    this.#isVoid = true;
  }

  /** It must not be added to the table: all are missing now, and another load has to begin. */
  get isVoid(): boolean {
    return this.#isVoid;
  }

  /** Takes out the sessions that have not been added to the table. */
  *unused(): Iterable<Session> {
    for (let first = this.inOrder.after(0); first; first = this.inOrder.after(0)) {
      this.inOrder.remove(first);
      yield first;
    }
    for (const row of this.#living.rows()) yield new Session(this.#rows, row);
  }

  /** The change that adds all of them; undefined: nobody followed when the load began. */
  created(): CreatedSessions<CreatedSession> | undefined {
    if (!this.#records) return undefined;
    const { group } = this;
    const others = this.#others;
    const { sessions: length } = this.#growth;
    const records =
      this.#records.length === length ? this.#records : this.#records.filter((each) => each);
    const has = (token: Token) => others.get(token)?.group === group;
    return { length, has, [Symbol.iterator]: () => (records as CreatedSession[]).values() };
  }

  /** Those that still run and are watched by nobody. */
  *terms(): Iterable<SessionTerm> {
    for (const row of this.#expiring) {
      const session = this.#others.at(row);
      const term = session?.group === this.group ? session.term : undefined;
      if (term && !term.isWatched) yield term;
    }
  }

  /** Places that sessions have had in it. */
  get places(): number {
    return this.#places;
  }

  get hasTerms(): boolean {
    return this.#expiring.length > 0;
  }

  #put(session: Session, token: Token): void {
    this.#places += 1;
    session.group = this.group;
    session.place = this.#places;
    this.byToken.set(token, session.row);
    this.inOrder.add(session);
    this.#count(session, 1);
    if (session.term) this.#expiring.push(session.row);
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
