// Taken now: a test that puts fake timers in their place stops itself, and not the server.
const { setTimeout, clearTimeout, setImmediate, performance } = globalThis;

/** Longest delay that a timer takes. */
const maxTimerMs = 2_147_483_647;

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
}

/** The time of a server, which a test can move on. */
export class TestClock {
  readonly #isStopped: boolean;
  /** Added to the system's time, or the time itself. */
  #shiftMs: number;
  #timers: Timer[] = [];
  #next: NodeJS.Timeout | undefined;

  /** @internal */
  constructor({ isStopped }: { readonly isStopped: boolean }) {
    this.#isStopped = isStopped;
    this.#shiftMs = performance.timeOrigin + (isStopped ? performance.now() : 0);
  }

  /** As {@link now}, in milliseconds since 1970, with fractions. */
  readonly nowMs = (): number => this.#shiftMs + (this.#isStopped ? 0 : performance.now());

  /** @internal */
  readonly setTimer = (run: () => void, delayMs: number): (() => void) => {
    const timer = { dueMs: this.nowMs() + delayMs, run };
    this.#timers.push(timer);
    this.#arm();
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  };

  /** What the server takes the time for. */
  get now(): Date {
    return new Date(this.nowMs());
  }

  /**
   * Moves the server's time on: what is due by then is done, in order. It settles when the server has done it.
   * @throws {RangeError} when `ms` is negative or no number: time never goes back.
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`Time goes forward only, got ${ms} ms`);
    const endMs = this.nowMs() + ms;
    for (let next = this.#dueBy(endMs); next; next = this.#dueBy(endMs)) {
      this.#moveTo(next.dueMs);
      this.#run(next);
    }
    this.#moveTo(endMs);
    this.#arm();
    // Sessions that end at the same time end over several turns.
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }

  /**
   * Forgets all timers.
   * @internal
   */
  stop(): void {
    this.#timers = [];
    clearTimeout(this.#next);
  }

  #moveTo(timeMs: number): void {
    this.#shiftMs += Math.max(timeMs - this.nowMs(), 0);
  }

  #run(timer: Timer): void {
    this.#timers = this.#timers.filter((each) => each !== timer);
    timer.run();
  }

  #dueBy(endMs: number): Timer | undefined {
    const first = this.#first();
    return first && first.dueMs <= endMs ? first : undefined;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.dueMs < first.dueMs) first = timer;
    return first;
  }

  /** Lets the first timer run when the system's time comes to it. Keeps no process alive. */
  #arm(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#next);
    const first = this.#first();
    if (!first) return;
    const delayMs = Math.min(Math.max(Math.ceil(first.dueMs - this.nowMs()), 0), maxTimerMs);
    this.#next = setTimeout(() => {
      const due = this.#dueBy(this.nowMs());
      if (due) this.#run(due);
      this.#arm();
    }, delayMs).unref();
  }
}
