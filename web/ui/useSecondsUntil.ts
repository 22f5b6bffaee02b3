import { useEffect, useState } from 'react';

/** Unix time in milliseconds that never jumps back. */
export function pageNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Whole seconds until a moment, counted down.
 * @param atMs Unix time in milliseconds; undefined: nothing is counted.
 * @returns 0 once it is over.
 */
export function useSecondsUntil(atMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(pageNowMs);
  useEffect(() => {
    if (atMs === undefined) return undefined;
    const tick = () => setNowMs(pageNowMs());
    tick();
    const timer = window.setInterval(tick, 250);
    return () => window.clearInterval(timer);
  }, [atMs]);
  return atMs === undefined ? 0 : Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}
