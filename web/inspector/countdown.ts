import type { SessionSummary } from '../../protocol/inspection/events.ts';
import { texts } from './texts.ts';

/** When a session expires; null is never. */
export type Expiry = SessionSummary['expiry'];

/** What a countdown says, and how urgent it is. */
export interface Countdown {
  readonly text: string;
  readonly tone: 'plain' | 'low' | 'expired';
}

const minuteSec = 60;
const hourSec = 60 * minuteSec;
const daySec = 24 * hourSec;
/** From here on hours say nothing and need room. */
const manyDays = 100;
/** The part of its life in which a session is shown as near its end. */
const lowPart = 0.2;

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
  if (!expiry) return { text: texts.never, tone: 'plain' };
  // The server tells no later deadline: so long a life has hardly begun.
  if (expiry.deadlineMs >= Number.MAX_SAFE_INTEGER) {
    return { text: formatDuration(expiry.durationSec), tone: 'plain' };
  }
  if (leftSec <= 0) return { text: texts.expired, tone: 'expired' };
  const isLow = leftSec <= expiry.durationSec * lowPart;
  return { text: formatDuration(leftSec), tone: isLow ? 'low' : 'plain' };
}

/** `41s`, `59m 56s`, `1h 5m`, `2d 3h`, `36,500d`. */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor((seconds % hourSec) / minuteSec);
  if (seconds < minuteSec) return texts.secondsLeft(seconds);
  if (seconds < hourSec) return texts.minutesLeft(minutes, seconds % minuteSec);
  const hours = Math.floor((seconds % daySec) / hourSec);
  if (seconds < daySec) return texts.hoursLeft(hours, minutes);
  const days = Math.floor(seconds / daySec);
  return days < manyDays ? texts.daysLeft(days, hours) : texts.manyDaysLeft(days);
}
