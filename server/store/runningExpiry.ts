import type { Expiry } from './newSession.ts';
import type { RunningExpiry } from './sessionStore.ts';

/**
 * What is left of a term. Reckoned from its start in whole seconds, as the deadline in
 * milliseconds loses digits for the longest durations.
 */
export function runningExpiry(
  term: Expiry & { readonly startMs: number },
  nowMs: number,
): RunningExpiry {
  const { durationSec, deleteSession, startMs } = term;
  return {
    durationSec,
    deleteSession,
    deadlineSec: Math.floor(startMs / 1000) + durationSec,
    remainingSec: durationSec - Math.ceil((nowMs - startMs) / 1000),
  };
}
