import type { Steps } from '../../../protocol/steps.ts';
import type { Eventually } from '../../eventually.ts';
import { inTurns, StepClock } from '../../turns.ts';
import type { Session } from './session.ts';
import type { SessionChain } from './sessionChain.ts';

/** Enters sessions into an index that is made when it is first needed, and from then on kept. */
export class LateEntry {
  readonly #sessions: { readonly inOrder: SessionChain };
  readonly #enter: (session: Session) => void;
  /** Those that may not have been entered. */
  #unentered: ReturnType<SessionChain['from']> | undefined;
  #isComplete = false;
  #completing: Eventually<void> = undefined;

  /** @param enter May be called twice for a session. */
  constructor(sessions: { readonly inOrder: SessionChain }, enter: (session: Session) => void) {
    this.#sessions = sessions;
    this.#enter = enter;
  }

  /** Every session is entered. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Takes in a new session. */
  add(session: Session): void {
    if (this.#isComplete || this.#unentered) this.#enter(session);
  }

  /** Takes in sessions that were added together. @param first The row of the first; the others follow it. */
  addLoad(first: number): void {
    this.#unentered?.return();
    this.#unentered = this.#isComplete ? this.#sessions.inOrder.from(first) : undefined;
    this.#isComplete = false;
  }

  /** All sessions are gone. */
  clear(): void {
    this.#unentered?.return();
    this.#unentered = undefined;
  }

  /** Enters every session, at once or, when they are many, in slices. */
  complete(): Eventually<void> {
    if (this.#isComplete) return undefined;
    this.#completing ??= inTurns(this.#enterAll());
    return this.#completing;
  }

  *#enterAll(): Steps<void> {
    const clock = new StepClock();
    for (;;) {
      this.#unentered ??= this.#sessions.inOrder[Symbol.iterator]();
      const next = this.#unentered.next();
      if (next.done) break;
      this.#enter(next.value);
      if (!clock.isOver()) continue;
      yield;
      clock.restart();
    }
    this.#unentered = undefined;
    this.#completing = undefined;
    this.#isComplete = true;
  }
}
