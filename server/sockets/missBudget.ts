import type { Clock } from '../../protocol/clock.ts';
import { addressGroupOf } from './addressGroup.ts';
import type { Limits } from './limits.ts';

/** Addresses beyond those are looked through for ones that can be forgotten. */
const maxAddresses = 10_000;

interface Address {
  /** Misses that are free; below 0 its requests wait. */
  left: number;
  /** When that was so. */
  atMs: number;
  /** Its connections, each with what resumes it. */
  readonly connections: Map<number, () => void>;
  hasTimer: boolean;
}

/**
 * Slows down who guesses tokens. A token that names no session is a miss; an address (of IPv6, a network
 * of 64 bits) has so many for nothing, and gets new ones every second. Beyond, the requests of its
 * connections wait until it has some again. Hits cost nothing, and other addresses notice nothing.
 */
export class MissBudgets {
  readonly #clock: Clock;
  readonly #limits: Pick<Limits, 'maxMisses' | 'missesPerSec'>;
  readonly #byGroup = new Map<string, Address>();
  readonly #byConnection = new Map<number, Address>();

  constructor(clock: Clock, limits: Pick<Limits, 'maxMisses' | 'missesPerSec'>) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** @param resume Called when requests of this connection need not wait any longer. */
  open(connection: number, address: string | undefined, resume: () => void): void {
    if (this.#byGroup.size >= maxAddresses) this.#forgetFull();
    const group = addressGroupOf(address);
    const known = this.#byGroup.get(group) ?? {
      left: this.#limits.maxMisses,
      atMs: this.#clock.nowMs(),
      connections: new Map(),
      hasTimer: false,
    };
    this.#byGroup.set(group, known);
    this.#byConnection.set(connection, known);
    known.connections.set(connection, resume);
  }

  close(connection: number): void {
    this.#byConnection.get(connection)?.connections.delete(connection);
    this.#byConnection.delete(connection);
  }

  /** So many tokens of a request named no session. */
  note(connection: number, misses: number): void {
    const address = this.#byConnection.get(connection);
    if (!address || misses === 0) return;
    this.#refill(address);
    address.left -= misses;
    if (address.left < 0) this.#resumeLater(address);
  }

  /** Whether requests of this connection wait. */
  isSpent(connection: number): boolean {
    return (this.#byConnection.get(connection)?.left ?? 0) < 0;
  }

  #refill(address: Address): void {
    const { maxMisses, missesPerSec } = this.#limits;
    const nowMs = this.#clock.nowMs();
    const gained = (Math.max(nowMs - address.atMs, 0) / 1000) * missesPerSec;
    address.left = Math.min(address.left + gained, maxMisses);
    address.atMs = nowMs;
  }

  #resumeLater(address: Address): void {
    if (address.hasTimer) return;
    address.hasTimer = true;
    const waitMs = Math.ceil((-address.left / this.#limits.missesPerSec) * 1000);
    this.#clock.setTimer(() => {
      address.hasTimer = false;
      this.#refill(address);
      if (address.left < 0) this.#resumeLater(address);
      else for (const resume of address.connections.values()) resume();
    }, waitMs);
  }

  #forgetFull(): void {
    for (const [group, address] of this.#byGroup) {
      this.#refill(address);
      const isFull = address.left === this.#limits.maxMisses;
      if (isFull && address.connections.size === 0) this.#byGroup.delete(group);
    }
  }
}
