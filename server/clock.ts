/** Time and timers, handed in so that tests can turn the hands. */
export interface Clock {
  /** Unix time in milliseconds, with fractions; never goes back, whatever the system's clock does. */
  nowMs(): number;
  /**
   * Runs a function once, not before the delay is over.
   * @param delayMs At most {@link maxTimerMs}.
   * @returns Stops the timer; harmless when it has fired.
   */
  setTimer(delayMs: number, run: () => void): () => void;
}

/** The longest delay that the timer API takes; a longer one would fire at once. */
export const maxTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  setTimer: (delayMs, run) => {
    const timer = setTimeout(run, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
