import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { formatSeconds } from '../ui/format.ts';
import { texts } from './texts.ts';

/** When a session expires; null is never. */
export type Expiry = SessionSummary['expiry'];

/** What a countdown says, and how urgent it is. */
export interface Countdown {
  readonly text: string;
  readonly tone: 'never' | 'plain' | 'low' | 'urgent' | 'expired';
}

/** The part of its life in which a session is shown as near its end. */
const lowPart = 0.2;
/** Below this it is shown as about to end, however long its life was. */
const urgentSec = 10;

/**
 * Seconds left, rounded up: it says 1 until the very end.
 * @param deadlineMs Unix time in milliseconds by the same clock as `nowMs`; undefined is never.
 * @returns 0 when it is over, Infinity when it never is.
 */
export function remainingSec(deadlineMs: number | undefined, nowMs: number): number {
  if (deadlineMs === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
}

/** Words and tone for what is left of a session's life. */
export function countdownOf(expiry: Expiry, leftSec: number): Countdown {
  if (!expiry) return { text: texts.never, tone: 'never' };
  // The server sends no later deadline: so long a life has hardly begun.
  if (expiry.deadlineMs >= Number.MAX_SAFE_INTEGER) {
    return { text: formatSeconds(expiry.durationSec), tone: 'plain' };
  }
  if (leftSec <= 0) return { text: texts.expired, tone: 'expired' };
  // A duration of this server is not 0, but one of another may be.
  const part = leftSec / Math.max(1, expiry.durationSec);
  return { text: formatSeconds(leftSec), tone: toneOf(leftSec, part) };
}

function toneOf(leftSec: number, part: number): Countdown['tone'] {
  if (leftSec < urgentSec) return 'urgent';
  return part <= lowPart ? 'low' : 'plain';
}
