import type { Clock } from '../../protocol/clock.ts';
import { addressGroupOf } from './addressGroup.ts';
import type { Limits } from './limits.ts';

/** Addresses beyond those are looked through for ones that can be forgotten. */
const maxAddresses = 10_000;

/** A connection whose requests wait. */
interface Waiting {
  resume(): void;
}

/** What an address has left. */
export class MissBudget {
  /** Misses that are free; below 0 its requests wait. */
  left: number;
  /** When that was so. */
  atMs: number;
  connections = 0;
  hasTimer = false;
  #waiting: Set<Waiting> | undefined;

  constructor(left: number, atMs: number) {
    this.left = left;
    this.atMs = atMs;
  }

  /** Whether requests of this connection wait; it is resumed when that is over. */
  mustWait(connection: Waiting): boolean {
    if (this.left >= 0) return false;
    (this.#waiting ??= new Set()).add(connection);
    return true;
  }

  leave(connection: Waiting): void {
    this.connections -= 1;
    this.#waiting?.delete(connection);
  }

  resume(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const connection of waiting) connection.resume();
  }
}

/**
 * Slows down who guesses tokens. A token that names no session is a miss; an address (of IPv6, a network
 * of 64 bits) has so many for nothing, and gets new ones every second. Beyond, the requests of its
 * connections wait until it has some again. Hits cost nothing, and other addresses notice nothing.
 */
export class MissBudgets {
  readonly #clock: Clock;
  readonly #limits: Pick<Limits, 'maxMisses' | 'missesPerSec'>;
  readonly #byGroup = new Map<string, MissBudget>();
  readonly #byConnection = new Map<number, MissBudget>();

  constructor(clock: Clock, limits: Pick<Limits, 'maxMisses' | 'missesPerSec'>) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** @returns The budget that this connection has with all others of its address. */
  open(connection: number, address: string | undefined): MissBudget {
    if (this.#byGroup.size >= maxAddresses) this.#forgetFull();
    const group = addressGroupOf(address);
    const known = this.#byGroup.get(group);
    const budget = known ?? new MissBudget(this.#limits.maxMisses, this.#clock.nowMs());
    if (!known) this.#byGroup.set(group, budget);
    this.#byConnection.set(connection, budget);
    budget.connections += 1;
    return budget;
  }

  close(connection: number, waiting: Waiting): void {
    this.#byConnection.get(connection)?.leave(waiting);
    this.#byConnection.delete(connection);
  }

  /** So many tokens of a request named no session. */
  note(connection: number, misses: number): void {
    const budget = this.#byConnection.get(connection);
    if (!budget || misses === 0) return;
    this.#refill(budget);
    budget.left -= misses;
    if (budget.left < 0) this.#resumeLater(budget);
  }

  #refill(budget: MissBudget): void {
    const { maxMisses, missesPerSec } = this.#limits;
    const nowMs = this.#clock.nowMs();
    const gained = (Math.max(nowMs - budget.atMs, 0) / 1000) * missesPerSec;
    budget.left = Math.min(budget.left + gained, maxMisses);
    budget.atMs = nowMs;
  }

  #resumeLater(budget: MissBudget): void {
    if (budget.hasTimer) return;
    budget.hasTimer = true;
    const waitMs = Math.ceil((-budget.left / this.#limits.missesPerSec) * 1000);
    this.#clock.setTimer(() => {
      budget.hasTimer = false;
      this.#refill(budget);
      if (budget.left < 0) this.#resumeLater(budget);
      else budget.resume();
    }, waitMs);
  }

  #forgetFull(): void {
    for (const [group, budget] of this.#byGroup) {
      this.#refill(budget);
      const isFull = budget.left === this.#limits.maxMisses;
      if (isFull && budget.connections === 0) this.#byGroup.delete(group);
    }
  }
}
