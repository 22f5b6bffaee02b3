import type { KeyEntry } from '../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { formatBytes } from '../ui/format.ts';
import { texts } from './texts.ts';
import { visibleName } from '../../protocol/text/visibleText.ts';

/** What a session is called on screen, every character to be seen. Ids are never empty. */
export function titleOf({ name, id }: SessionSummary): string {
  return name === '' ? `${visibleName(name)} ${id}` : visibleName(name);
}

/**
 * Size of a value's text in UTF-8: `61 B`, `1.2 kB`, `5.2 MB` (thousands, not 1024). Of a value
 * that is not here only the length in UTF-16 units is known, and it says `≈ 5.2 MB`.
 */
export function sizeOf({ value, length }: KeyEntry): string {
  if (value === undefined) return texts.about(formatBytes(length));
  return formatBytes(new TextEncoder().encode(value).length);
}
