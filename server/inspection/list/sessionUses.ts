import type { Clock } from '../../../protocol/clock.ts';

/** Commands are counted for so long. */
const countedMs = 1_000;

/** Counts the commands about each session, second by second, while somebody lists sessions. */
export class SessionUses {
  readonly #stopWatching: () => void;
  readonly #stopTimer: () => void;
  #counts = new Uint32Array(1024);
  /** Numbers of sessions that were used in this second. */
  #used: number[] = [];
  #rates: ReadonlyMap<number, number> = new Map();

  /**
   * @param watch Hands over the number of a session for each command about it; 0: it has none.
   * @param onCounted Called each second in which there is a difference, with the sessions where.
   */
  constructor(
    clock: Clock,
    watch: (listener: (number: number) => void) => () => void,
    onCounted: (numbers: Iterable<number>) => void,
  ) {
    this.#stopWatching = watch((number) => this.#note(number));
    const timer = { stop: () => {} };
    const tick = () => {
      timer.stop = clock.setTimer(tick, countedMs);
      const before = this.#rates;
      if (this.#used.length + before.size === 0) return;
      this.#rates = new Map(this.#used.map((number) => [number, this.#counts[number] ?? 0]));
      for (const number of this.#used) this.#counts[number] = 0;
      this.#used = [];
      onCounted(new Set([...before.keys(), ...this.#rates.keys()]));
    };
    timer.stop = clock.setTimer(tick, countedMs);
    this.#stopTimer = () => timer.stop();
  }

  /** Commands about a session in the last second that has passed. */
  of(number: number): number {
    return this.#rates.get(number) ?? 0;
  }

  close(): void {
    this.#stopWatching();
    this.#stopTimer();
  }

  #note(number: number): void {
    if (number <= 0) return;
    if (number >= this.#counts.length) {
      const longer = new Uint32Array(number * 2);
      longer.set(this.#counts);
      this.#counts = longer;
    }
    const count = (this.#counts[number] ?? 0) + 1;
    this.#counts[number] = count;
    if (count === 1) this.#used.push(number);
  }
}
