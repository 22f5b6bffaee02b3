import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { endOfEntry } from '../entries.ts';
import type { WordMemory } from '../history/notedKeys.ts';
import { findEntry, isKeyOf, type Range } from './packedEntries.ts';

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

/** Notes keys. Those that follow each other among the entries are copied together, in a third of the time. */
export function noteEntries(
  words: WordMemory,
  range: Range,
  { keys, notes }: { keys: readonly string[]; notes: KeyNotes },
): void {
  const memory = words.bytes;
  let [from, to, count] = [range.from, range.from, 0];
  for (const key of keys) {
    if (to < range.to && isKeyOf(memory, to, key)) {
      to = endOfEntry(memory, to);
      count += 1;
      continue;
    }
    if (count > 0) notes.copy(words, { from, to, count });
    const entry = findEntry(memory, range, key);
    if (entry < 0) {
      notes.note(key, undefined);
      [from, to, count] = [range.from, range.from, 0];
    } else [from, to, count] = [entry, endOfEntry(memory, entry), 1];
  }
  if (count > 0) notes.copy(words, { from, to, count });
}
