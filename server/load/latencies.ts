/** Each bucket ends 2 % above the one before; the first ends at a microsecond. */
const growth = Math.log(1.02);
const shortestMs = 0.001;
/** Enough for ten minutes; what takes longer counts as that. */
const buckets = 1_024;

/** How long replies took, to 2 %: a note costs nanoseconds, however many there are. */
export class Latencies {
  readonly #counts = new Float64Array(buckets);
  #count = 0;

  /** @param count Replies that took so long. */
  note(durationMs: number, count: number): void {
    const bucket = Math.ceil(Math.log(Math.max(durationMs, shortestMs) / shortestMs) / growth);
    const at = Math.min(bucket, buckets - 1);
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
    this.#count += count;
  }

  add(other: Latencies): void {
    for (const [at, count] of other.#counts.entries()) {
      this.#counts[at] = (this.#counts[at] ?? 0) + count;
    }
    this.#count += other.#count;
  }

  /** @param part 0.99: all but the slowest hundredth took at most so long. NaN when nothing was noted. */
  percentileMs(part: number): number {
    const wanted = part * this.#count;
    let passed = 0;
    for (const [at, count] of this.#counts.entries()) {
      passed += count;
      if (count > 0 && passed >= wanted) return shortestMs * Math.exp(at * growth);
    }
    return Number.NaN;
  }
}
