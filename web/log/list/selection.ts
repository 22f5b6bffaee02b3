import type { Entry } from '../../connection/page/exchange.ts';
import type { EntryQueue } from '../store/entryQueue.ts';

/** Which entries are selected, and where a range starts. */
export interface Selection {
  readonly ids: ReadonlySet<number>;
  /** Where a range starts. */
  readonly anchorId: number | undefined;
}

/** Nothing chosen. */
export const nothingSelected: Selection = { ids: new Set(), anchorId: undefined };

/** Chooses an entry in addition, or no longer. */
export function toggled({ ids }: Selection, id: number): Selection {
  const after = new Set(ids);
  if (!after.delete(id)) after.add(id);
  return { ids: after, anchorId: id };
}

/** Chooses everything between the anchor and an entry, in place of what was chosen. */
export function extended(selection: Selection, id: number, entries: EntryQueue): Selection {
  const anchorId = selection.anchorId ?? id;
  const from = entries.placeOf(Math.min(anchorId, id));
  const to = entries.placeOf(Math.max(anchorId, id));
  return { ids: new Set(idsBetween(entries, from, to)), anchorId };
}

/** Chooses all that is shown. */
export function everything(entries: EntryQueue): Selection {
  return {
    ids: new Set(idsBetween(entries, 0, entries.length - 1)),
    anchorId: entries.at(0)?.id,
  };
}

/** The chosen entries that are still there, oldest first. */
export function selectedEntries({ ids }: Selection, entries: EntryQueue): Entry[] {
  return [...ids]
    .toSorted((one, other) => one - other)
    .map((id) => entries.find(id))
    .filter((entry) => entry !== undefined);
}

function idsBetween(entries: EntryQueue, from: number, to: number): number[] {
  const ids: number[] = [];
  for (let place = from; place <= to; place += 1) {
    const id = entries.at(place)?.id;
    if (id !== undefined) ids.push(id);
  }
  return ids;
}
