import { mapOf, object, unsigned } from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { PaneMemory, PaneSizes } from '../ui/resizePanes.ts';
import type { StoredText } from '../ui/stored.ts';

const version = 1;
const kept = object({ version: unsigned, views: mapOf(mapOf(unsigned)) });

/** Where panes keep the sizes that a person gave them, by the name of their view. */
export type PaneSizesStore = (view: string) => PaneMemory;

/** Sizes of panes, kept in this browser; where they cannot be kept they last as long as the page. */
export function createPaneSizes(stored: StoredText): PaneSizesStore {
  let views = readViews(stored);
  return (view) => ({
    read: () => views.get(view) ?? new Map(),
    write: (sizes) => {
      views = new Map(views).set(view, sizes);
      stored.write(kept.write({ version, views }));
    },
  });
}

function readViews(stored: StoredText): ReadonlyMap<string, PaneSizes> {
  const text = stored.read();
  if (text === undefined) return new Map();
  const json = readJson(text);
  const read = json.ok ? kept.read(json.value) : undefined;
  if (read?.version === version) return read.views;
  stored.setAside();
  return new Map();
}
