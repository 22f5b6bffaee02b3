// How the console writes counts, sizes, durations and times. Limits are those of what is printed: 999,950
// bytes would be rounded to "1000.0 kB", so they are "1.0 MB".

// Made once: with each number it would take longer than the number.
const numberFormat = new Intl.NumberFormat('en');
const compactFormat = new Intl.NumberFormat('en', {
  notation: 'compact',
  maximumSignificantDigits: 3,
});

/** `12,345`. */
export function number(value: number): string {
  return numberFormat.format(value);
}

/** `1 reply`, `12,345 replies`. */
export function many(count: number, one: string, more: string): string {
  return `${number(count)} ${count === 1 ? one : more}`;
}

/** A number for a narrow column: `9,999`, `14K`, `1.23M`. */
export function shortCount(count: number): string {
  return count < 10_000 ? number(count) : compactFormat.format(count);
}

/** `61 B`, `1.2 kB`, `3.4 MB`, `5.6 GB` (thousands, not 1024). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

const minuteSec = 60;
const hourSec = 60 * minuteSec;
const daySec = 24 * hourSec;
/** From here on hours say nothing and need room. */
const manyDays = 100;

/** A time to wait, in whole seconds: `41s`, `59m 56s`, `1h 5m`, `2d 3h`, `36,500d`. */
export function formatSeconds(seconds: number): string {
  const minutes = Math.floor((seconds % hourSec) / minuteSec);
  if (seconds < minuteSec) return `${seconds}s`;
  if (seconds < hourSec) return `${minutes}m ${seconds % minuteSec}s`;
  const hours = Math.floor((seconds % daySec) / hourSec);
  if (seconds < daySec) return `${hours}h ${minutes}m`;
  const days = Math.floor(seconds / daySec);
  return days < manyDays ? `${days}d ${hours}h` : `${number(days)}d`;
}

/** Time of day with milliseconds, in the person's own zone: `12:01:04.113`. */
export function formatTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Date and time of day in the person's own zone: `31/12/2026, 12:01:04`. */
export function formatMoment(atMs: number): string {
  return new Date(atMs).toLocaleString('en-GB');
}

/** How long ago something was, in a few words: `now`, `5 min ago`, `2 h ago`, `3 d ago`, then the date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const minutes = Math.floor(Math.max(0, nowMs - atMs) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return days < 7 ? `${days} d ago` : new Date(atMs).toLocaleDateString('en-GB');
}
