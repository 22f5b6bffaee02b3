import type { StoreApi } from 'zustand/vanilla';
import { boolean, object, oneOf, optional, unsigned } from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned } from '../ui/storedValue.ts';

// What came later is optional: it then needs no new version, and older text stays readable.
const settings = object({
  version: unsigned,
  theme: oneOf('light', 'dark', 'system'),
  // Written by older versions. There `true` was the default, so it says nothing.
  isTwoPane: optional(boolean),
  panes: optional(oneOf('auto', 'sideBySide', 'stacked')),
  isNewestFirst: boolean,
  isRemembering: optional(boolean),
  isProbing: optional(boolean),
  isOneRow: optional(boolean),
});

/** What a person has chosen, kept in this browser. */
export interface Settings {
  readonly theme: 'light' | 'dark' | 'system';
  /** How composer and response stand. `auto`: as the width of the window allows. */
  readonly panes: 'auto' | 'sideBySide' | 'stacked';
  readonly isNewestFirst: boolean;
  /** Tokens and replies may be written to this browser's storage. */
  readonly isRemembering: boolean;
  /** The round trip is measured while a connection is idle. */
  readonly isProbing: boolean;
  /** In the log, a request and its reply are one row. */
  readonly isOneRow: boolean;
}

const version = 1;

const defaults: Settings = {
  theme: 'system',
  panes: 'auto',
  isNewestFirst: true,
  isRemembering: false,
  isProbing: true,
  isOneRow: true,
};

/** A person's choices. Unreadable ones are set aside and count as nothing. */
export interface SettingsStore {
  readonly store: StoreApi<Settings>;
  change: (changed: Partial<Settings>) => void;
}

export function createSettingsStore(stored: StoredText): SettingsStore {
  const value = createStoredValue(stored, { read: readSettings, write, empty: defaults });
  return {
    store: value.store,
    change: (changed) => {
      value.change((before) => ({ ...before, ...changed }));
      value.keep();
    },
  };
}

function write(chosen: Settings): string {
  return settings.write({ version, ...chosen });
}

function readSettings(text: string): Settings | undefined {
  const read = readVersioned(text, settings, version);
  if (!read) return undefined;
  const { theme, isTwoPane, panes, isNewestFirst, isRemembering, isProbing, isOneRow } = read;
  return {
    theme,
    panes: panes ?? (isTwoPane === false ? 'stacked' : defaults.panes),
    isNewestFirst,
    isRemembering: isRemembering ?? defaults.isRemembering,
    isProbing: isProbing ?? defaults.isProbing,
    isOneRow: isOneRow ?? defaults.isOneRow,
  };
}
