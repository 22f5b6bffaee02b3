import { useCallback, useSyncExternalStore } from 'react';
import { remainingSec, type Expiry } from './countdown.ts';

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
 * Whole seconds left until an expiry, ticking. Only the caller renders again.
 * @returns 0 when it is over, Infinity when it never expires.
 */
export function useServerClock(expiry: Expiry, serverNowMs: () => number): number {
  const leftSec = () => remainingSec(expiry, serverNowMs());
  const subscribe = useCallback(
    (run: () => void) => {
      if (!expiry) return () => {};
      const isNearZero = () => {
        const left = remainingSec(expiry, serverNowMs());
        return left > 0 && left <= nearZeroSec;
      };
      return listen({ run, isNearZero });
    },
    [expiry, serverNowMs],
  );
  return useSyncExternalStore(subscribe, leftSec);
}
