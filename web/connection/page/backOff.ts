import type { Clock } from '../../../protocol/clock.ts';

const firstRetryMs = 500;
const longestRetryMs = 15_000;

/** The waiting between attempts to get a connection back, longer each time. */
export class BackOff {
  readonly #clock: Clock;
  /** Ends the waiting. */
  stop = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Waits before an attempt.
   * @param attempt Counted from 1.
   * @returns When it comes.
   */
  wait(attempt: number, run: () => void): number {
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1));
    this.stop = this.#clock.setTimer(run, delayMs);
    return this.#clock.nowMs() + delayMs;
  }
}
