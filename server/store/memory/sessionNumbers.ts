import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';
import { inTurns } from '../../turns.ts';
import type { PartedMap } from './partedMap.ts';
import type { Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';

/** What the table has. */
interface Sessions {
  readonly byToken: Pick<PartedMap<Token, Session>, 'get'>;
  readonly inOrder: SessionChain;
}

/** Sessions that get a number before others have their turn. */
const sessionsPerStep = 5_000;

/**
 * Numbers of sessions, from 1 on: small, so that lists of all sessions are arrays. They are given when the first
 * list is made; one that is free again is given to another session.
 */
export class SessionNumbers {
  readonly #table: Sessions;
  #sessions: (Session | undefined)[] = [undefined];
  #free: number[] = [];
  /** Those that may have no number. */
  #unentered: Generator<Session, void> | undefined;
  #isComplete = false;
  #completing: Eventually<void> = undefined;

  constructor(table: Sessions) {
    this.#table = table;
  }

  /** Takes in a new session. */
  add(session: Session): void {
    session.number = 0;
    if (this.#isComplete || this.#unentered) this.#enter(session);
  }

  /** Takes in sessions that were added together. @param first The others follow it. */
  addLoad(first: Session | undefined): void {
    this.#unentered?.return();
    this.#unentered = this.#isComplete ? this.#table.inOrder.from(first) : undefined;
    this.#isComplete = false;
  }

  delete(session: Session): void {
    const { number } = session;
    session.number = number > 0 ? -number : -1;
    if (number <= 0) return;
    this.#sessions[number] = undefined;
    this.#free.push(number);
  }

  /** All sessions are gone. */
  clear(): void {
    this.#unentered?.return();
    this.#unentered = undefined;
    this.#sessions = [undefined];
    this.#free = [];
  }

  /** The number of a session, or the one that it had; 0: none. */
  numberOf(session: Session): number {
    const { number, token } = session;
    if (number === 0 && this.#table.byToken.get(token) === session) this.#enter(session);
    return Math.abs(session.number);
  }

  get(number: number): Session | undefined {
    return this.#sessions[number];
  }

  /** No number is greater. */
  get last(): number {
    return this.#sessions.length - 1;
  }

  /** Gives every session a number, at once or, when they are many, in slices. */
  complete(): Eventually<void> {
    if (this.#isComplete) return undefined;
    this.#completing ??= inTurns(this.#enterAll());
    return this.#completing;
  }

  #enter(session: Session): void {
    if (session.number !== 0) return;
    session.number = this.#free.pop() ?? this.#sessions.length;
    this.#sessions[session.number] = session;
  }

  *#enterAll(): Steps<void> {
    for (let left = sessionsPerStep; ; left -= 1) {
      if (left === 0) {
        yield;
        left = sessionsPerStep;
      }
      this.#unentered ??= this.#table.inOrder[Symbol.iterator]();
      const next = this.#unentered.next();
      if (next.done) break;
      this.#enter(next.value);
    }
    this.#unentered = undefined;
    this.#completing = undefined;
    this.#isComplete = true;
  }
}
