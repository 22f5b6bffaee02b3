import { ok, type Result } from '../../../protocol/result.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Totals } from '../sessionStore.ts';
import type { WholeStore } from './wholeStore.ts';

/** Totals while changes are followed: only buckets that have changed are counted again. */
export class LiveTotals {
  readonly #whole: WholeStore;
  readonly #known = new Map<number, Totals>();
  /** Counts that are under way and that no change has made old. */
  readonly #counting = new Map<number, object>();

  constructor(whole: WholeStore) {
    this.#whole = whole;
  }

  /** A bucket has changed, or may have. */
  forget(bucket: number): void {
    this.#known.delete(bucket);
    this.#counting.delete(bucket);
  }

  async totals(): Promise<Result<Totals, Refusal>> {
    const parts = await Promise.all(
      this.#whole.buckets.map(async (bucket) => {
        const known = this.#known.get(bucket);
        return known ? ok(known) : this.#count(bucket);
      }),
    );
    return this.#whole.sumOf(parts);
  }

  async #count(bucket: number): Promise<Result<Totals, Refusal>> {
    const count = {};
    this.#counting.set(bucket, count);
    const totals = await this.#whole.totalsOf(bucket);
    if (this.#counting.get(bucket) !== count) return totals;
    this.#counting.delete(bucket);
    if (totals.ok) this.#known.set(bucket, totals.value);
    return totals;
  }
}
