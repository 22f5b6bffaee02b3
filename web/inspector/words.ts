import type { KeyEntry, SessionSummary } from '../../protocol/inspection/events.ts';
import { number } from '../ui/counted.ts';
import { texts } from './texts.ts';
import { visibleName } from './visibleText.ts';

const largestExactCount = 9999;
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** A number for a narrow column: `9,999`, `14K`, `1.23M`. */
export function shortCount(count: number): string {
  return count > largestExactCount ? compact.format(count) : number(count);
}

/** What a session is called on screen, every character to be seen. Ids are never empty. */
export function titleOf({ name, id }: SessionSummary): string {
  return name === '' ? `${visibleName(name)} ${id}` : visibleName(name);
}

/**
 * Size of a value's text in UTF-8: `61 B`, `1.2 kB`, `5.2 MB` (thousands, not 1024). Of a value
 * that is not here only the length in UTF-16 units is known, and it says `≈ 5.2 MB`.
 */
export function sizeOf({ value, length }: KeyEntry): string {
  if (value === undefined) return texts.about(bytesText(length));
  return bytesText(new TextEncoder().encode(value).length);
}

function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  // From here on a kB would be rounded to 1000.0.
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
