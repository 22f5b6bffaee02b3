import type { SessionSummary } from '../../protocol/inspection.ts';

/** `1 key`, `0 keys`, `14,000 keys`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a session is called on screen. Names may be empty; ids never are. */
export function titleOf({ name, id }: SessionSummary): string {
  return name.trim() === '' ? `(no name) ${id}` : name;
}

/** Size of a value's text: `61 B`, `1.2 kB`, `5.2 MB` (thousands, not 1024). */
export function sizeOf(length: number): string {
  if (length < 1000) return `${length} B`;
  if (length < 1_000_000) return `${(length / 1000).toFixed(1)} kB`;
  return `${(length / 1_000_000).toFixed(1)} MB`;
}
