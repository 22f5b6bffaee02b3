import { useCallback, useSyncExternalStore } from 'react';
import { remainingSec } from './countdown.ts';

const slowTickMs = 1000;
const fastTickMs = 250;
/** Below this a countdown is near zero, and a late tick would show. */
const nearZeroSec = 10;

interface Listener {
  readonly run: () => void;
  readonly isNearZero: () => boolean;
}

/** One timer for all countdowns on the page; none while nobody looks. */
const listeners = new Set<Listener>();
let timer: number | undefined;

function tick(): void {
  for (const { run } of listeners) run();
  schedule();
}

function schedule(): void {
  window.clearTimeout(timer);
  timer = undefined;
  if (listeners.size === 0 || document.hidden) return;
  const isFast = [...listeners].some(({ isNearZero }) => isNearZero());
  timer = window.setTimeout(tick, isFast ? fastTickMs : slowTickMs);
}

function listen(listener: Listener): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', tick);
  listeners.add(listener);
  if (timer === undefined || listener.isNearZero()) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', tick);
    schedule();
  };
}

/**
 * Whole seconds left until a deadline, ticking. Only the caller renders again.
 * @param deadlineMs Unix time in milliseconds by the clock of `nowMs`; undefined is never.
 * @returns 0 when it is over, Infinity when it never is.
 */
export function useSecondsLeft(deadlineMs: number | undefined, nowMs: () => number): number {
  const leftSec = () => remainingSec(deadlineMs, nowMs());
  const subscribe = useCallback(
    (run: () => void) => {
      if (deadlineMs === undefined) return () => {};
      const isNearZero = () => {
        const left = remainingSec(deadlineMs, nowMs());
        return left > 0 && left <= nearZeroSec;
      };
      return listen({ run, isNearZero });
    },
    [deadlineMs, nowMs],
  );
  return useSyncExternalStore(subscribe, leftSec);
}
