import type { Token } from '../../../protocol/token.ts';
import type { Eventually } from '../../eventually.ts';

/** Calls for one session that have no outcome yet. */
interface Pending {
  /** Settles with the last change. */
  lastChange: Promise<void> | undefined;
  /** Settles with all of them. */
  all: Promise<void>;
  count: number;
}

/**
 * Keeps the order of calls for one session while one of them takes long: a change waits for all calls
 * before it, a read for the changes before it. What has nothing to wait for is carried out at once.
 */
export class SessionOrder {
  readonly #pending = new Map<Token, Pending>();
  readonly #listeners = new Set<(token: Token) => void>();

  /** Hands the token of each call to the listener, before it is carried out. @returns Ends that. */
  watch(listener: (token: Token) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read<T>(token: Token, call: () => Eventually<T>): Eventually<T> {
    this.#note(token);
    const outcome = after(this.#pendingOf(token)?.lastChange, call);
    if (outcome instanceof Promise) {
      const settled = settledOf(outcome);
      const pending = this.#enter(token, settled);
      pending.all = Promise.all([pending.all, settled]).then(noValue);
    }
    return outcome;
  }

  change<T>(token: Token, call: () => Eventually<T>): Eventually<T> {
    this.#note(token);
    const outcome = after(this.#pendingOf(token)?.all, call);
    if (outcome instanceof Promise) {
      const settled = settledOf(outcome);
      const pending = this.#enter(token, settled);
      pending.all = settled;
      pending.lastChange = settled;
    }
    return outcome;
  }

  /** Without a look at the token where nothing waits: V8 would make a hash of its text, which nothing else needs. */
  #pendingOf(token: Token): Pending | undefined {
    return this.#pending.size === 0 ? undefined : this.#pending.get(token);
  }

  #note(token: Token): void {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listeners) listener(token);
  }

  #enter(token: Token, settled: Promise<void>): Pending {
    const known = this.#pending.get(token);
    const pending = known ?? { lastChange: undefined, all: settled, count: 0 };
    if (!known) this.#pending.set(token, pending);
    pending.count += 1;
    void settled.then(() => {
      pending.count -= 1;
      if (pending.count === 0) this.#pending.delete(token);
    });
    return pending;
  }
}

function after<T>(before: Promise<void> | undefined, call: () => Eventually<T>): Eventually<T> {
  return before ? before.then(call) : call();
}

function settledOf(outcome: Promise<unknown>): Promise<void> {
  return outcome.then(noValue, noValue);
}

const noValue = () => undefined;
