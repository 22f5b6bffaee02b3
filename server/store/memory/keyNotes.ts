import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { endOfEntry } from '../entries.ts';
import type { WordMemory } from '../history/notedKeys.ts';
import type { Range } from './packedEntries.ts';

/** Entries that follow each other. */
export interface NotedEntries extends Range {
  readonly count: number;
}

/** Where what was before a change is noted. */
export interface KeyNotes {
  /** @param before Undefined: it was not there. */
  note(key: string, before: JsonText | undefined): void;
  /** Takes in entries as they are. */
  copy(memory: WordMemory, entries: NotedEntries): void;
}

export function noteEntry(memory: WordMemory, entry: number, notes: KeyNotes): void {
  notes.copy(memory, { from: entry, to: endOfEntry(memory.bytes, entry), count: 1 });
}

/**
 * Notes keys. Those that follow each other among the entries are copied together, in a third of the time.
 * @param places Where each is; less than 0: it is not there.
 */
export function noteEntries(
  memory: WordMemory,
  places: readonly number[],
  { keys, notes }: { keys: readonly string[]; notes: KeyNotes },
): void {
  let [from, to, count] = [0, 0, 0];
  for (let at = 0; at < places.length; at += 1) {
    const entry = places[at] ?? -1;
    if (count > 0 && entry !== to) {
      notes.copy(memory, { from, to, count });
      count = 0;
    }
    if (entry < 0) notes.note(keys[at] ?? '', undefined);
    else {
      if (count === 0) from = entry;
      to = endOfEntry(memory.bytes, entry);
      count += 1;
    }
  }
  if (count > 0) notes.copy(memory, { from, to, count });
}
