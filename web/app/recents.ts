import { listOf, object, string, unsigned } from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { StoredText } from '../ui/stored.ts';

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
  let ids = readRecents(stored);
  return {
    list: () => ids,
    add: (id) => {
      ids = [id, ...ids.filter((each) => each !== id)].slice(0, maxRecents);
      stored.write(recents.write({ version, ids: [...ids] }));
    },
  };
}

function readRecents(stored: StoredText): readonly string[] {
  const text = stored.read();
  if (text === undefined) return [];
  const json = readJson(text);
  const read = json.ok ? recents.read(json.value) : undefined;
  if (read?.version === version) return read.ids;
  stored.setAside();
  return [];
}
