import type { Holds } from '../../eventually.ts';
import type { Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import { unavailable } from '../refusals.ts';
import type { StoreOutcome } from '../sessionStore.ts';
import type { Group } from './group.ts';

/** Where changes are that are not on disk. */
export interface Unsynced {
  /** The groups that a reply has to wait for, older first. */
  awaited(): readonly Group[];
}

/** Holds replies back until what they show or confirm is on disk. */
export class Gate implements Holds {
  readonly #unsynced: Unsynced;
  /** Outcomes are given at once, and the caller waits. */
  #isHolding = false;
  /** The last group that one of these outcomes has to wait for. */
  #held: Group | undefined;

  constructor(unsynced: Unsynced) {
    this.#unsynced = unsynced;
  }

  begin(): void {
    this.#isHolding = true;
  }

  end(): Group | undefined {
    const held = this.#held;
    this.#isHolding = false;
    this.#held = undefined;
    return held;
  }

  /**
   * The outcome of a change, when it is on disk; refused when it never will be.
   * @param token The session that was changed; undefined: it may be any.
   */
  confirmed<T>(outcome: StoreOutcome<T>, token: Token | undefined): StoreOutcome<T> {
    if (outcome instanceof Promise) {
      return outcome.then((result) => this.#confirmed(result, token));
    }
    return this.#confirmed(outcome, token);
  }

  /**
   * What a read shows, when that is on disk. If it never will be it has been undone, and is read again.
   * @param token The session that is shown; undefined: it may be any.
   */
  shown<T>(read: () => StoreOutcome<T>, token: Token | undefined): StoreOutcome<T> {
    const outcome = read();
    if (outcome instanceof Promise)
      return outcome.then((result) => this.#shown(result, read, token));
    return this.#shown(outcome, read, token);
  }

  /** Settles when no reply so far is held back any more. */
  async opened(): Promise<void> {
    const groups = this.#unsynced.awaited();
    await Promise.all(groups.flatMap((group) => (group.isAwaited ? [group.settled] : [])));
  }

  #confirmed<T>(result: Result<T, Refusal>, token: Token | undefined): StoreOutcome<T> {
    const group = this.#groupOf(token);
    if (!group) return result;
    if (this.#isHolding) return this.#given(result, group);
    return group.settled.then((isOnDisk) => (isOnDisk ? result : unavailable()));
  }

  #shown<T>(
    result: Result<T, Refusal>,
    read: () => StoreOutcome<T>,
    token: Token | undefined,
  ): StoreOutcome<T> {
    const group = this.#groupOf(token);
    if (!group) return result;
    if (this.#isHolding) return this.#given(result, group);
    return group.settled.then((isOnDisk) => (isOnDisk ? result : this.shown(read, token)));
  }

  #given<R>(result: R, group: Group): R {
    if (!this.#held || group.number > this.#held.number) this.#held = group;
    return result;
  }

  /** The last group with a change of the session; its sync comes after all before it. */
  #groupOf(token: Token | undefined): Group | undefined {
    const groups = this.#unsynced.awaited();
    for (let index = groups.length - 1; index >= 0; index -= 1) {
      const group = groups[index];
      if (group && holds(group, token)) return group;
    }
    return undefined;
  }
}

function holds(group: Group, token: Token | undefined): boolean {
  return token === undefined ? group.isAwaited : group.concerns(token);
}
