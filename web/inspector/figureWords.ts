import { statusName } from '../../protocol/status.ts';
import { number } from '../ui/format.ts';
import { formatMs } from '../ui/formatMs.ts';

/** `100 SessionNotExist`. */
export function statusWords(code: number): string {
  const name = statusName(code);
  return name === undefined ? String(code) : `${code} ${name}`;
}

/** A measured time, in microseconds where milliseconds say nothing: `84 µs`, `1.2 ms`, `1.50 s`. */
export function formatUs(us: number): string {
  return us < 995 ? `${number(Math.round(us))} µs` : formatMs(us / 1000);
}

/** `0.4 %`; of nothing nothing. */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}
