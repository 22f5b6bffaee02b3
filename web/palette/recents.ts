import { listOf, object, string, unsigned } from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned } from '../ui/storedValue.ts';

const recents = object({ version: unsigned, ids: listOf(string) });
const version = 1;
/** Most ids remembered. */
const maxRecents = 12;

/** Ids of what was chosen last, newest first. */
export interface Recents {
  readonly list: () => readonly string[];
  readonly add: (id: string) => void;
}

/** Unreadable text is set aside and counts as nothing. */
export function createRecents(stored: StoredText): Recents {
  const value = createStoredValue<readonly string[]>(stored, { read, write, empty: [] });
  return {
    list: () => value.store.getState(),
    add: (id) => {
      value.change((ids) => [id, ...ids.filter((each) => each !== id)].slice(0, maxRecents));
      value.keep();
    },
  };
}

function write(ids: readonly string[]): string {
  return recents.write({ version, ids: [...ids] });
}

function read(text: string): readonly string[] | undefined {
  return readVersioned(text, recents, version)?.ids;
}
