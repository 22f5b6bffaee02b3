import {
  boolean,
  listOf,
  mapOf,
  object,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Variables } from '../connection/variables.ts';
import type { StoredText } from '../ui/stored.ts';
import { pastEntries, toPast } from './pastEntries.ts';
import { isSecret, urlWithoutSecrets, withoutTokens } from './secrets.ts';
import { seedOf, type Tab, type TabSeed } from './tab.ts';

const savedTab = object({
  title: string,
  url: string,
  subprotocols: listOf(string),
  isReconnecting: boolean,
  text: string,
  /** The text is nothing that a person would miss. */
  isSettled: boolean,
  /** A person had disconnected it. */
  isOff: boolean,
  variables: mapOf(string),
  /** Only by a person's wish. */
  past: optional(pastEntries),
});

const savedTabs = object({ version: unsigned, active: unsigned, tabs: listOf(savedTab) });

const version = 1;

/** The tabs of a window as they come back. */
export interface SavedTabs {
  readonly active: number;
  readonly tabs: readonly TabSeed[];
}

/** What was kept, if there is any; something unreadable is set aside. */
export function readTabs(stored: StoredText): SavedTabs | undefined {
  const text = stored.read();
  if (text === undefined) return undefined;
  const json = readJson(text);
  const read = json.ok ? savedTabs.read(json.value) : undefined;
  if (read?.version === version && read.tabs.length > 0) return read;
  stored.setAside();
  return undefined;
}

interface Keeping {
  readonly tabs: readonly Tab[];
  readonly activeId: string;
}

/**
 * The tabs as text for the browser's storage.
 * @param isRemembering Whether tokens and replies may be in it: by a person's wish only.
 */
export function writeTabs(
  { tabs, activeId }: Keeping,
  { isRemembering }: { readonly isRemembering: boolean },
): string {
  const active = Math.max(
    0,
    tabs.findIndex(({ id }) => id === activeId),
  );
  return savedTabs.write({
    version,
    active,
    tabs: tabs.map((tab) => (isRemembering ? remembered(tab) : withoutSecrets(tab))),
  });
}

function remembered(tab: Tab): Decoded<typeof savedTab> {
  const seed = seedOf(tab);
  return { ...seed, subprotocols: [...seed.subprotocols], past: toPast(tab.log.all()) };
}

function withoutSecrets(tab: Tab): Decoded<typeof savedTab> {
  const all = remembered(tab);
  return {
    ...all,
    url: urlWithoutSecrets(all.url, all.variables),
    text: withoutTokens(all.text, all.variables),
    variables: plainVariables(all.variables),
    past: undefined,
  };
}

/** Those that are no tokens and hold none. */
function plainVariables(variables: Variables): Variables {
  return new Map([...variables].filter(([name, value]) => !isSecret(name, value, variables)));
}
