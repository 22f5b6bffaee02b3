import type { Log } from '../../log.ts';

/** One line for so long at most, in milliseconds: a node that is lost fails thousands of calls. */
const quietMs = 10_000;

/** Logs errors of nodes, few of many. */
export class FaultLog {
  readonly #log: Pick<Log, 'warn'>;
  readonly #nowMs: () => number;
  #quietUntilMs = Number.NEGATIVE_INFINITY;
  #untold = 0;

  constructor(log: Pick<Log, 'warn'>, nowMs: () => number = () => performance.now()) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  note({ message }: Error): void {
    if (this.#nowMs() < this.#quietUntilMs) {
      this.#untold += 1;
      return;
    }
    const before = this.#untold > 0 ? `; ${this.#untold} more errors since the line before` : '';
    this.#log.warn(`A request to Redis has failed: ${message}${before}`);
    this.#quietUntilMs = this.#nowMs() + quietMs;
    this.#untold = 0;
  }
}
