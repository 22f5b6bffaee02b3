import { mapOf, object, unsigned } from '../../protocol/codec/codec.ts';
import type { PaneMemory, PaneSizes } from '../ui/resizePanes.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned } from '../ui/storedValue.ts';

const version = 1;
const kept = object({ version: unsigned, views: mapOf(mapOf(unsigned)) });

type Views = ReadonlyMap<string, PaneSizes>;

/** Stored sizes of panes, by the name of their view. */
export type PaneSizesStore = (view: string) => PaneMemory;

/** Sizes of panes, kept in this browser, or until the page closes if that cannot be. */
export function createPaneSizes(stored: StoredText): PaneSizesStore {
  const value = createStoredValue<Views>(stored, { read, write, empty: new Map() });
  return (view) => ({
    name: view,
    read: () => value.store.getState().get(view) ?? new Map(),
    write: (sizes) => {
      value.change((views) => new Map(views).set(view, sizes));
      value.keep();
    },
  });
}

function write(views: Views): string {
  return kept.write({ version, views });
}

function read(text: string): Views | undefined {
  return readVersioned(text, kept, version)?.views;
}
