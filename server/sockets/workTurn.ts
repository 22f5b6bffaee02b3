/** How long requests are worked in one turn of the event loop, in milliseconds. */
const maxTurnMs = 20;

/** Small requests between two looks at the clock, which would cost more than one of them. */
const checkEvery = 32;

/** A request counts once more for each so many bytes. */
const bytesPerCount = 2048;

/**
 * Bounds the requests of one turn of the event loop, over all sockets: a client that floods must not
 * keep timers, signals and new connections waiting.
 */
export class WorkTurn {
  readonly #nowMs: () => number;
  #count = 0;
  #endsAtMs = Infinity;
  #isOver = false;
  #waiting: (() => void)[] = [];

  /** @param nowMs Monotonic clock in milliseconds. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Whether requests that come now wait for the next turn. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** A request of so many bytes has been worked. */
  spend(bytes: number): void {
    this.#count += 1 + Math.floor(bytes / bytesPerCount);
    if (this.#count < checkEvery) return;
    this.#count = 0;
    const nowMs = this.#nowMs();
    if (this.#endsAtMs === Infinity) {
      this.#endsAtMs = nowMs + maxTurnMs;
      setImmediate(() => this.#begin());
    }
    this.#isOver = nowMs >= this.#endsAtMs;
  }

  /** Runs in the next turn, in the order of asking. */
  next(run: () => void): void {
    this.#waiting.push(run);
  }

  #begin(): void {
    this.#count = 0;
    this.#endsAtMs = Infinity;
    this.#isOver = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    let done = 0;
    for (const run of waiting) {
      if (this.isOver) break;
      run();
      done += 1;
    }
    // Those who had no turn come before those that continue.
    this.#waiting = [...waiting.slice(done), ...this.#waiting];
  }
}
