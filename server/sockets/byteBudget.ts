import type { Clock } from '../../protocol/clock.ts';

/** What one connection keeps waiting. */
export interface ByteAccount {
  /** @param bytes All that waits now. */
  set(bytes: number): void;
}

interface Entry {
  bytes: number;
  /** Since when it has not become less. */
  sinceMs: number;
  readonly cutOff: () => void;
}

/**
 * The bytes that all connections together keep waiting. Beyond the limit, the connection that keeps the
 * most for the longest time is cut off, until it is enough.
 */
export class ByteBudget {
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();
  #total = 0;

  constructor(maxBytes: number, clock: Clock) {
    this.#maxBytes = maxBytes;
    this.#clock = clock;
  }

  get total(): number {
    return this.#total;
  }

  /** @param cutOff Ends the connection. */
  open(cutOff: () => void): ByteAccount {
    const entry: Entry = { bytes: 0, sinceMs: 0, cutOff };
    return { set: (bytes) => this.#set(entry, bytes) };
  }

  #set(entry: Entry, bytes: number): void {
    if (bytes === entry.bytes) return;
    if (bytes < entry.bytes || entry.bytes === 0) entry.sinceMs = this.#clock.nowMs();
    this.#total += bytes - entry.bytes;
    entry.bytes = bytes;
    if (bytes === 0) this.#entries.delete(entry);
    else this.#entries.add(entry);
    while (this.#total > this.#maxBytes) this.#cutOffWorst();
  }

  #cutOffWorst(): void {
    const nowMs = this.#clock.nowMs();
    const cost = ({ bytes, sinceMs }: Entry) => bytes * (1 + nowMs - sinceMs);
    const worst = [...this.#entries].reduce((one, other) =>
      cost(other) > cost(one) ? other : one,
    );
    this.#total -= worst.bytes;
    worst.bytes = 0;
    this.#entries.delete(worst);
    worst.cutOff();
  }
}
