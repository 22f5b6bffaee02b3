import type { Clock } from '../../protocol/clock.ts';

/** Who keeps bytes waiting. */
export interface ByteKeeper {
  /** Ends its connection. */
  cutOff(): void;
}

interface Entry {
  bytes: number;
  /** Since when it has not become less. */
  sinceMs: number;
}

/**
 * The bytes that all connections together keep waiting. Beyond the limit, the connection that keeps the
 * most for the longest time is cut off, until it is enough.
 */
export class ByteBudget {
  readonly #maxBytes: number;
  readonly #clock: Clock;
  /** Only those that keep some. */
  readonly #entries = new Map<ByteKeeper, Entry>();
  #total = 0;

  constructor(maxBytes: number, clock: Clock) {
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  get total(): number {
    return this.#total;
  }

  /** @param bytes All that waits now. */
  set(keeper: ByteKeeper, bytes: number): void {
    const entry = this.#entries.get(keeper);
    const before = entry?.bytes ?? 0;
    if (bytes === before) return;
    this.#total += bytes - before;
    if (bytes === 0) this.#entries.delete(keeper);
    else if (!entry) this.#entries.set(keeper, { bytes, sinceMs: this.#clock.nowMs() });
    else {
      if (bytes < before) entry.sinceMs = this.#clock.nowMs();
      entry.bytes = bytes;
    }
    while (this.#total > this.#maxBytes) this.#cutOffWorst();
  }

  #cutOffWorst(): void {
    const nowMs = this.#clock.nowMs();
    const cost = ({ bytes, sinceMs }: Entry) => bytes * (1 + nowMs - sinceMs);
    const [keeper, { bytes }] = [...this.#entries].reduce((one, other) =>
      cost(other[1]) > cost(one[1]) ? other : one,
    );
    this.#total -= bytes;
    this.#entries.delete(keeper);
    keeper.cutOff();
  }
}
