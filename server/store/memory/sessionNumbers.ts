import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import { LongList } from '../longList.ts';
import { LateEntry } from './lateEntry.ts';
import type { PartedMap } from '../partedMap.ts';
import type { Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';

/** What the table has. */
interface Sessions {
  readonly byToken: Pick<PartedMap<Token, Session>, 'get'>;
  readonly inOrder: SessionChain;
}

/**
 * Numbers of sessions, from 1 on: small, so that lists of all sessions are arrays. They are given when the first
 * list is made; one that is free again is given to another session.
 */
export class SessionNumbers {
  readonly #table: Sessions;
  readonly #entry: LateEntry;
  readonly #sessions = new LongList<Session | undefined>(undefined);
  #free: number[] = [];

  constructor(table: Sessions) {
    this.#table = table;
    this.#entry = new LateEntry(table.inOrder, (session) => this.#enter(session));
  }

  /** Takes in a new session. */
  add(session: Session): void {
    session.number = 0;
    this.#entry.add(session);
  }

  /** Takes in sessions that were added together. @param first The others follow it. */
  addLoad(first: Session | undefined): void {
    this.#entry.addLoad(first);
  }

  delete(session: Session): void {
    const { number } = session;
    session.number = number > 0 ? -number : -1;
    if (number <= 0) return;
    this.#sessions.set(number, undefined);
    this.#free.push(number);
  }

  /** All sessions are gone. */
  clear(): void {
    this.#entry.clear();
    this.#sessions.clear();
    this.#free = [];
  }

  /** The number of a session, or the one that it had; 0: none. */
  numberOf(session: Session): number {
    const { number, token } = session;
    if (number === 0 && this.#table.byToken.get(token) === session) this.#enter(session);
    return Math.abs(session.number);
  }

  get(number: number): Session | undefined {
    return this.#sessions.at(number);
  }

  /** No number is greater. */
  get last(): number {
    return this.#sessions.length - 1;
  }

  /** Gives every session a number, at once or, when they are many, in slices. */
  complete(): Eventually<void> {
    return this.#entry.complete();
  }

  #enter(session: Session): void {
    if (session.number !== 0) return;
    // No session has the number 0.
    session.number = this.#free.pop() ?? Math.max(1, this.#sessions.length);
    this.#sessions.set(session.number, session);
  }
}
