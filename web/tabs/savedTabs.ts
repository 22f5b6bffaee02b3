import {
  boolean,
  listOf,
  mapOf,
  object,
  optional,
  string,
  unsigned,
} from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { readStored, readVersioned } from '../ui/storedValue.ts';
import { pastEntries } from './pastEntries.ts';
import type { TabSeed } from './tab.ts';

const savedTab = object({
  title: string,
  url: string,
  subprotocols: listOf(string),
  isReconnecting: boolean,
  text: string,
  /** Variables are off. */
  isLiteral: optional(boolean),
  /** Closing the tab would not lose the text. */
  isSettled: boolean,
  /** It was disconnected with the button. */
  isOff: boolean,
  variables: mapOf(string),
  /** Name of the session of `{{tkn}}`. */
  lastSession: optional(string),
  /** Only with Remember on. */
  past: optional(pastEntries),
});

/** The tabs of a window as text. */
export const savedTabs = object({ version: unsigned, active: unsigned, tabs: listOf(savedTab) });

/** Of the form of {@link savedTabs}. */
export const version = 1;

/** The tabs of a window as they come back. */
export interface SavedTabs {
  readonly active: number;
  readonly tabs: readonly TabSeed[];
}

/** What was kept, if there is any; something unreadable is set aside. */
export function readTabs(stored: StoredText): SavedTabs | undefined {
  return readStored(stored, (text) => {
    const read = readVersioned(text, savedTabs, version);
    if (!read || read.tabs.length === 0) return undefined;
    // Once tabs without a title of their own were numbered, not named after their server.
    const titleOf = (title: string) => (/^Connection \d+$/.test(title) ? '' : title);
    return { ...read, tabs: read.tabs.map((tab) => ({ ...tab, title: titleOf(tab.title) })) };
  });
}
