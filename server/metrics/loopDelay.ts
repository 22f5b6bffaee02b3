import { Durations } from './durations.ts';
import type { MetricFamily } from './prometheusText.ts';

/** How often the event loop is asked; seldom enough to cost nothing, often enough to meet long stalls. */
const everyMs = 50;

/** How late timers fire: what else waits for the event loop waits as long. */
export class LoopDelay {
  readonly #durations = new Durations(1);
  #timer: NodeJS.Timeout | undefined;

  /** Does not keep the process running. */
  start(): void {
    const dueMs = performance.now() + everyMs;
    this.#timer = setTimeout(() => {
      // The timer API counts in whole milliseconds.
      this.#durations.note(0, Math.max(performance.now() - dueMs - 1, 0));
      this.start();
    }, everyMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
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
