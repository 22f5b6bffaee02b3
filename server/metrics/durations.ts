import type { Sample } from './prometheusText.ts';

/** Upper bounds of the buckets in seconds, from 0.1 ms to 1 s; one for all that is longer follows. */
const boundsSec = [
  0.0001,
  0.00025,
  0.0005,
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  Infinity,
] as const;
const boundsMs = Float64Array.from(boundsSec, (bound) => bound * 1000);
const width = boundsSec.length;

/** Histograms of durations, one for each of a fixed number of things. Numbers in typed arrays: a note costs nanoseconds. */
export class Durations {
  readonly #counts: Float64Array;
  readonly #sumsMs: Float64Array;

  constructor(things: number) {
    this.#counts = new Float64Array(things * width);
    this.#sumsMs = new Float64Array(things);
  }

  /** @param thing Its number, counted from 0. */
  note(thing: number, durationMs: number): void {
    let bucket = 0;
    while (durationMs > (boundsMs[bucket] ?? Infinity)) bucket += 1;
    const at = thing * width + bucket;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sumsMs[thing] = (this.#sumsMs[thing] ?? 0) + durationMs;
  }

  count(thing: number): number {
    const own = this.#counts.subarray(thing * width, (thing + 1) * width);
    return own.reduce((sum, count) => sum + count, 0);
  }

  totalMs(thing: number): number {
    return this.#sumsMs[thing] ?? 0;
  }

  /** The histogram of one thing; empty when nothing was noted. */
  samples(thing: number, labels: Readonly<Record<string, string>> = {}): Sample[] {
    let count = 0;
    const buckets = boundsSec.map((bound, bucket) => {
      count += this.#counts[thing * width + bucket] ?? 0;
      const le = bound === Infinity ? '+Inf' : String(bound);
      return { suffix: '_bucket', labels: { ...labels, le }, value: count };
    });
    if (count === 0) return [];
    const sum = this.totalMs(thing) / 1000;
    return [
      ...buckets,
      { suffix: '_sum', labels, value: sum },
      { suffix: '_count', labels, value: count },
    ];
  }
}
