import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import type { StagedEdits } from './stagedEdits.ts';

/**
 * The keys as they will be listed.
 * @param arriving Edits that are saved, but not listed yet.
 */
export function withArriving(
  listed: readonly KeyEntry[],
  arriving: StagedEdits,
): readonly KeyEntry[] {
  if (arriving.size === 0) return listed;
  const names = new Set(listed.map(({ key }) => key));
  const entries = listed.flatMap((entry): KeyEntry[] => {
    const edit = arriving.get(entry.key);
    if (!edit) return [entry];
    const { value } = edit;
    return value === undefined ? [] : [{ ...entry, value, length: value.length }];
  });
  const added = [...arriving.values()].flatMap(({ key, base, value }): KeyEntry[] => {
    const isNew = base === undefined && !names.has(key);
    return isNew && value !== undefined ? [{ key, value, length: value.length }] : [];
  });
  return [...entries, ...added];
}
