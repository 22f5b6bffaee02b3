import type { Clock } from '../protocol/clock.ts';

/** The longest delay that the timer API takes; a longer one would fire at once. */
export const maxTimerMs = 2_147_483_647;

export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
