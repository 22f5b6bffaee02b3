import type { Clock } from '../../protocol/clock.ts';

/** For tests: a clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  #nowMs = 1_700_000_000_000.25;
  #timers: { dueMs: number; run: () => void }[] = [];

  nowMs(): number {
    return this.#nowMs;
  }

  setTimer(run: () => void, delayMs: number): () => void {
    const timer = { dueMs: this.#nowMs + delayMs, run };
    this.#timers.push(timer);
    return () => this.#remove(timer);
  }

  /** Delays of the timers that are set, shortest first. */
  get waitsMs(): number[] {
    return this.#timers.map(({ dueMs }) => dueMs - this.#nowMs).sort((a, b) => a - b);
  }

  /** Lets time pass and fires what is due, in order. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let next = this.#dueBy(endMs); next; next = this.#dueBy(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      this.#remove(next);
      next.run();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass as on a busy machine: no timer gets its turn. */
  advanceWithoutTimers(ms: number): void {
    this.#nowMs += ms;
  }

  #dueBy(endMs: number): { dueMs: number; run: () => void } | undefined {
    const due = this.#timers.filter(({ dueMs }) => dueMs <= endMs);
    return due.sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  #remove(timer: { dueMs: number; run: () => void }): void {
    this.#timers = this.#timers.filter((each) => each !== timer);
  }
}
