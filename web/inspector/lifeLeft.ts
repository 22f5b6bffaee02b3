import type { SessionSummary } from '../../protocol/inspection.ts';

type Expiry = NonNullable<SessionSummary['expiry']>;

/** How much of its life a session has left. */
export type LifeLeft =
  | { readonly state: 'endless' }
  | { readonly state: 'counting'; readonly remainingMs: number; readonly isNearEnd: boolean }
  /** Past the deadline; the server has not told us yet what came of it. */
  | { readonly state: 'expired' };

/** The last part of a life is the time to look up. */
const nearEndShare = 0.2;

/** @param nowMs Unix time in milliseconds by the server's clock. */
export function lifeLeft(expiry: Expiry | null, nowMs: number): LifeLeft {
  if (expiry === null) return { state: 'endless' };
  const remainingMs = expiry.deadlineMs - nowMs;
  if (remainingMs <= 0) return { state: 'expired' };
  const isNearEnd = remainingMs <= expiry.durationSec * 1000 * nearEndShare;
  return { state: 'counting', remainingMs, isNearEnd };
}

/** A life left in one or two words: `never`, `0:41`, `expired`. */
export function lifeWord(life: LifeLeft): string {
  switch (life.state) {
    case 'endless':
      return 'never';
    case 'counting':
      return formatCountdown(life.remainingMs);
    case 'expired':
      return 'expired';
  }
}

const minute = 60;
const hour = 3600;
const day = 86_400;
const year = 365 * day;

/**
 * Time left, at most ten characters: `0:41`, `12:09`, `4:12:09`, `3 d 4 h`, `412 d`, `27 y`.
 * Begun seconds count whole, so that 0:00 is never shown while there is time left.
 */
export function formatCountdown(ms: number): string {
  const sec = Math.max(0, Math.ceil(ms / 1000));
  if (sec < hour) return `${Math.floor(sec / minute)}:${two(sec % minute)}`;
  if (sec < day) {
    return `${Math.floor(sec / hour)}:${two(Math.floor(sec / minute) % 60)}:${two(sec % minute)}`;
  }
  if (sec < 100 * day) return `${Math.floor(sec / day)} d ${Math.floor((sec % day) / hour)} h`;
  if (sec < 10 * year) return `${Math.floor(sec / day)} d`;
  return sec < 10_000 * year ? `${Math.floor(sec / year)} y` : '> 9999 y';
}

const units = [
  { name: 'd', sec: day },
  { name: 'h', sec: hour },
  { name: 'min', sec: minute },
  { name: 's', sec: 1 },
] as const;

/** A span with its units, exact: `90` is `1 min 30 s`. */
export function formatDuration(sec: number): string {
  const parts: string[] = [];
  let rest = sec;
  for (const unit of units) {
    const count = Math.floor(rest / unit.sec);
    rest -= count * unit.sec;
    if (count > 0) parts.push(`${count.toLocaleString('en')} ${unit.name}`);
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}

/** Date and time in the person's own zone: `2026-11-24 12:01:04`. */
export function formatMoment(atMs: number): string {
  const date = new Date(atMs);
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${days} ${clock}`;
}

function two(count: number): string {
  return String(count).padStart(2, '0');
}
