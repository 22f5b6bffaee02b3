/** How long requests are worked in one turn of the event loop, in milliseconds. */
const maxTurnMs = 20;

/** Small requests between two looks at the clock, which would cost more than one of them. */
const checkEvery = 32;

/** A request counts once more for each so many bytes. */
const bytesPerCount = 2048;

/** What waits for a turn: a few small requests, or more than that. */
export type Weight = 'light' | 'heavy';

/**
 * Bounds the work of one turn of the event loop, over all sockets: a client that floods must not
 * keep timers, signals, new connections and other clients waiting.
 */
export class WorkTurn {
  readonly #nowMs: () => number;
  #count = 0;
  #endsAtMs = Infinity;
  #isOver = false;
  #isNextDue = false;
  #light: (() => void)[] = [];
  #heavy: (() => void)[] = [];
  readonly #onOver = new Set<() => void>();
  /** The light ones have taken the whole turn before. */
  #isHeavyFirst = false;

  /** @param nowMs Monotonic clock in milliseconds. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Whether requests that come now wait for the next turn. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** So many bytes have been worked. */
  spend(bytes: number): void {
    this.#count += 1 + Math.floor(bytes / bytesPerCount);
    if (this.#count < checkEvery) return;
    this.#count = 0;
    const nowMs = this.#nowMs();
    if (this.#endsAtMs === Infinity) {
      this.#endsAtMs = nowMs + maxTurnMs;
      this.#beginNext();
    }
    if (this.#isOver || nowMs < this.#endsAtMs) return;
    this.#isOver = true;
    for (const stop of this.#onOver) stop();
  }

  /** @param stop Called whenever a turn is over, until what is returned is called. */
  whenOver(stop: () => void): () => void {
    this.#onOver.add(stop);
    return () => this.#onOver.delete(stop);
  }

  /** Runs in one of the next turns: light ones first, then a single heavy one. Each in the order of asking. */
  next(run: () => void, weight: Weight): void {
    (weight === 'heavy' ? this.#heavy : this.#light).push(run);
    this.#beginNext();
  }

  #beginNext(): void {
    if (this.#isNextDue) return;
    this.#isNextDue = true;
    setImmediate(() => this.#begin());
  }

  #begin(): void {
    this.#isNextDue = false;
    this.#count = 0;
    this.#endsAtMs = Infinity;
    this.#isOver = false;
    let hasRunHeavy = this.#isHeavyFirst && this.#runHeavy();
    this.#runLight();
    if (!hasRunHeavy && !this.isOver) hasRunHeavy = this.#runHeavy();
    this.#isHeavyFirst = !hasRunHeavy && this.#heavy.length > 0;
    if (this.#light.length + this.#heavy.length > 0) this.#beginNext();
  }

  #runHeavy(): boolean {
    const run = this.#heavy.shift();
    run?.();
    return run !== undefined;
  }

  #runLight(): void {
    const waiting = this.#light;
    this.#light = [];
    let done = 0;
    for (const run of waiting) {
      if (this.isOver) break;
      run();
      done += 1;
    }
    // Those who had no turn come before those that continue.
    this.#light = [...waiting.slice(done), ...this.#light];
  }
}
