import { performance } from 'node:perf_hooks';
import type { Clock } from '../protocol/clock.ts';

/** The longest delay that the timer API takes; a longer one would fire at once. */
export const maxTimerMs = 2_147_483_647;

/** Never changes, and reading it from there takes as long as reading the time. */
const { timeOrigin } = performance;

export const systemClock: Clock = {
  nowMs: () => timeOrigin + performance.now(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
