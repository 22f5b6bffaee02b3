/**
 * Runs a function once, not before the delay is over.
 * @param delayMs At most 2,147,483,647: a longer one would fire at once.
 * @returns Stops the timer; harmless when it has fired.
 */
export type SetTimer = (run: () => void, delayMs: number) => () => void;

/** Time and timers, for server and console alike; handed in, so that tests have their own. */
export interface Clock {
  /** Unix time in milliseconds, with fractions; never goes back, whatever the system's clock does. */
  readonly nowMs: () => number;
  readonly setTimer: SetTimer;
}
