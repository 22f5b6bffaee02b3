/** The outside world of the clock. */
export interface ClockDeps {
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  readonly isHidden: () => boolean;
  /** @returns The function that ends the subscription. */
  readonly onVisibilityChange: (run: () => void) => () => void;
}

/** Below a second, so that a countdown is never a whole second late. */
const tickMs = 250;
/** Readings that differ by less differ by their travelling time. */
const jumpMs = 500;

/**
 * The server's time, told from the frames it sends, and one ticker for everything that counts down.
 * It ticks only while somebody listens and the page can be seen.
 */
export class ServerClock {
  readonly #deps: ClockDeps;
  readonly #listeners = new Set<() => void>();
  #offsetMs: number | undefined;
  /** The reading that all listeners share until the next tick. */
  #readingMs = 0;
  #stopTick: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(deps: ClockDeps) {
    this.#deps = deps;
  }

  /** Takes the time that a frame was sent at, by the server's clock. */
  learn(serverNowMs: number): void {
    this.#offsetMs = nextOffset(this.#offsetMs, serverNowMs - this.#deps.nowMs());
  }

  /** Unix time in milliseconds by the server's clock; stands still between ticks. */
  nowMs(): number {
    return this.#stopTick ? this.#readingMs : this.#read();
  }

  /** When, by the server's clock, something happens that ours has at `localMs`. */
  toServerMs(localMs: number): number {
    return localMs + (this.#offsetMs ?? 0);
  }

  /** @returns The function that ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#stopWatching) {
      this.#stopWatching = this.#deps.onVisibilityChange(() => this.#restart());
      this.#restart();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  #restart(): void {
    this.#stopTick?.();
    this.#stopTick = undefined;
    if (!this.#deps.isHidden()) this.#tick();
  }

  #tick(): void {
    this.#readingMs = this.#read();
    this.#stopTick = this.#deps.setTimer(() => this.#tick(), tickMs);
    for (const listener of this.#listeners) listener();
  }

  #stop(): void {
    this.#stopTick?.();
    this.#stopTick = undefined;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  #read(): number {
    return this.toServerMs(this.#deps.nowMs());
  }
}

/**
 * Frames arrive late, never early: of two readings that are close the greater is the truer. One that
 * is far off means that a clock was set, or slept.
 */
export function nextOffset(offsetMs: number | undefined, readingMs: number): number {
  if (offsetMs === undefined || Math.abs(readingMs - offsetMs) > jumpMs) return readingMs;
  return Math.max(offsetMs, readingMs);
}
