import { Durations } from './durations.ts';
import type { MetricFamily } from './prometheusText.ts';

/** How often the event loop is asked; seldom enough to cost nothing, often enough to meet long stalls. */
const everyMs = 50;

/** How late timers fire: what else waits for the event loop waits as long. */
export class LoopDelay {
  readonly #durations = new Durations(1);
  #longestMs = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Does not keep the process running. */
  start(): void {
    const dueMs = performance.now() + everyMs;
    this.#timer = setTimeout(() => {
      // The timer API counts in whole milliseconds.
      this.note(Math.max(performance.now() - dueMs - 1, 0));
      this.start();
    }, everyMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  note(lateMs: number): void {
    this.#durations.note(0, lateMs);
    this.#longestMs = Math.max(this.#longestMs, lateMs);
  }

  get count(): number {
    return this.#durations.count(0);
  }

  get totalMs(): number {
    return this.#durations.totalMs(0);
  }

  /** The longest since the last call. */
  takeLongestMs(): number {
    const longestMs = this.#longestMs;
    this.#longestMs = 0;
    return longestMs;
  }

  families(): MetricFamily[] {
    return [
      {
        name: 'seshdeck_event_loop_delay_seconds',
        help: 'How late a timer of the event loop fires, asked every 50 ms.',
        type: 'histogram',
        samples: this.#durations.samples(0),
      },
    ];
  }
}
