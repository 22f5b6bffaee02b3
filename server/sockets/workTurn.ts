/**
 * How long requests are worked in one turn of the event loop, in milliseconds. Somebody else's request with its sync
 * takes up to six turns: 20 ms for each were more than the 100 ms that nobody should wait.
 */
export const maxTurnMs = 8;

/** Small requests between two looks at the clock, which would cost more than one of them. */
const checkEvery = 32;

/** A request counts once more for each so many bytes. */
const bytesPerCount = 2048;

/** Who was read so much in a round comes after all others. */
const muchBytes = 16 * 1024;

/** What waits for a turn: a few small requests, the same of somebody who was read much in this round, or more than that. */
export type Weight = 'light' | 'served' | 'heavy';

/** Who stops reading when a turn is over. */
interface TurnWatcher {
  onTurnOver(): void;
}

/**
 * Bounds the work of one turn of the event loop, over all sockets: a client that floods must not
 * keep timers, signals, new connections and other clients waiting.
 */
export class WorkTurn {
  readonly #nowMs: () => number;
  #count = 0;
  #endsAtMs = Infinity;
  /** The clock was looked at in this turn. */
  #isBusy = false;
  #isOver = false;
  #isNextDue = false;
  #round = 1;
  #light: (() => void)[] = [];
  #served: (() => void)[] = [];
  #heavy: (() => void)[] = [];
  readonly #watchers = new Set<TurnWatcher>();
  /** The next turn is for a heavy one. */
  #isForHeavy = false;

  /** @param nowMs Monotonic clock in milliseconds, which stands still while the event loop waits. */
  constructor(nowMs: () => number = busyMs) {
    this.#nowMs = nowMs;
  }

  /** Whether requests that come now wait for the next turn. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Number of the round. In one, everybody is read before somebody who was read much is read again: the system hands over those who are ready
   * in the same order each time, and the last ones would never have a turn.
   */
  get round(): number {
    return this.#round;
  }

  /** Whether somebody waits for a turn. */
  get hasWaiting(): boolean {
    return this.#light.length + this.#served.length + this.#heavy.length > 0;
  }

  /** So many bytes have been worked. */
  spend(bytes: number): void {
    this.#count += 1 + Math.floor(bytes / bytesPerCount);
    if (this.#count < checkEvery) return;
    this.#count = 0;
    const nowMs = this.#nowMs();
    this.#isBusy = true;
    if (this.#endsAtMs === Infinity) this.#endsAtMs = nowMs + maxTurnMs;
    this.#beginNext();
    if (this.#isOver || nowMs < this.#endsAtMs) return;
    this.#isOver = true;
    for (const watcher of this.#watchers) watcher.onTurnOver();
  }

  /** Tells somebody of each turn that is over, until it is to forget them. */
  tellWhenOver(watcher: TurnWatcher): void {
    this.#watchers.add(watcher);
  }

  forget(watcher: TurnWatcher): void {
    this.#watchers.delete(watcher);
  }

  /**
   * Runs in one of the next turns: all light ones in one, then heavy ones in another until it is over. Each in the order of asking.
   * Those who were served run when a turn has had room for all others.
   */
  next(run: () => void, weight: Weight): void {
    const lists = { light: this.#light, served: this.#served, heavy: this.#heavy };
    lists[weight].push(run);
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
    // After a busy turn the next one begins now. Otherwise it may be far off, and begins with its first look at the clock.
    this.#endsAtMs = this.#isBusy ? this.#nowMs() + maxTurnMs : Infinity;
    if (this.#isBusy) this.#beginNext();
    this.#isBusy = false;
    const wasOver = this.#isOver;
    this.#isOver = false;
    if (!wasOver || this.#light.length === 0) this.#beginRound();
    // What light ones read from now on comes between two turns, and has all of this one.
    if (this.#isForHeavy) this.#runHeavy();
    else this.#runLight();
    this.#isForHeavy = !this.#isForHeavy && this.#heavy.length > 0;
    if (this.hasWaiting) this.#beginNext();
  }

  #beginRound(): void {
    this.#round += 1;
    this.#light.push(...this.#served);
    this.#served = [];
  }

  /** Most of them fill a turn. Some do little, and not all of it is spent. */
  #runHeavy(): void {
    const endsAtMs = this.#nowMs() + maxTurnMs;
    for (let waiting = this.#heavy.length; waiting > 0; waiting -= 1) {
      this.#heavy.shift()?.();
      if (this.#isOver || this.#nowMs() >= endsAtMs) break;
    }
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

/** @param bytes What was read and written for somebody in this round. */
export function weightOf(bytes: number): Weight {
  return bytes > muchBytes ? 'served' : 'light';
}

/** Time in which the event loop did not wait. */
function busyMs(): number {
  return performance.now() - performance.eventLoopUtilization().idle;
}
