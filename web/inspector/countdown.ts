import type { SessionSummary } from '../../protocol/inspection.ts';

/** When a session expires; null is never. */
export type Expiry = SessionSummary['expiry'];

/** What a countdown says, and how urgent it is. */
export interface Countdown {
  readonly text: string;
  readonly tone: 'plain' | 'low' | 'expired';
}

const hourSec = 3600;
const daySec = 24 * hourSec;
/** The part of its life in which a session is shown as near its end. */
const lowPart = 0.2;

/**
 * Seconds left, rounded up: it says 1 until the very end.
 * @param serverNowMs Unix time in milliseconds by the server's clock.
 * @returns 0 when it is over, Infinity when it never expires.
 */
export function remainingSec(expiry: Expiry, serverNowMs: number): number {
  if (!expiry) return Number.POSITIVE_INFINITY;
  return Math.max(0, Math.ceil((expiry.deadlineMs - serverNowMs) / 1000));
}

/** Words and tone for what is left of a session's life. */
export function countdownOf(expiry: Expiry, leftSec: number): Countdown {
  if (!expiry) return { text: 'never', tone: 'plain' };
  if (leftSec <= 0) return { text: 'expired', tone: 'expired' };
  const isLow = leftSec <= expiry.durationSec * lowPart;
  return { text: formatDuration(leftSec), tone: isLow ? 'low' : 'plain' };
}

/** `00:41`, `59:59`, `1 h 05 min`, `2 d 3 h`. */
export function formatDuration(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  if (seconds < hourSec) return `${two(seconds / 60)}:${two(seconds % 60)}`;
  const hours = Math.floor((seconds % daySec) / hourSec);
  if (seconds < daySec) return `${hours} h ${two((seconds % hourSec) / 60)} min`;
  return `${Math.floor(seconds / daySec)} d ${hours} h`;
}
