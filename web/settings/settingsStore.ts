import { createStore, type StoreApi } from 'zustand/vanilla';
import { boolean, object, oneOf, unsigned, type Decoded } from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { StoredText } from '../ui/stored.ts';

const settings = object({
  version: unsigned,
  theme: oneOf('light', 'dark', 'system'),
  isTwoPane: boolean,
  isNewestFirst: boolean,
});

/** What a person has chosen, kept in this browser. */
export type Settings = Omit<Decoded<typeof settings>, 'version'>;

const version = 1;

const defaults: Settings = { theme: 'system', isTwoPane: true, isNewestFirst: true };

/** A person's choices. Something unreadable in the storage counts as nothing. */
export interface SettingsStore {
  readonly store: StoreApi<Settings>;
  change: (changed: Partial<Settings>) => void;
}

export function createSettingsStore(stored: StoredText): SettingsStore {
  const store = createStore<Settings>(() => readSettings(stored.read() ?? ''));
  return {
    store,
    change: (changed) => {
      store.setState(changed);
      stored.write(settings.write({ version, ...store.getState() }));
    },
  };
}

function readSettings(text: string): Settings {
  const json = readJson(text);
  const read = json.ok ? settings.read(json.value) : undefined;
  if (read?.version !== version) return defaults;
  const { theme, isTwoPane, isNewestFirst } = read;
  return { theme, isTwoPane, isNewestFirst };
}
