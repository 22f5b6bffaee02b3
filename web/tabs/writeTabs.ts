import type { Decoded } from '../../protocol/codec/codec.ts';
import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import { isTokenVariable, sessionOfToken } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import { savedTabs, version } from './savedTabs.ts';
import { seedOf, type Tab } from './tab.ts';
import { toPast } from './toPast.ts';

type SavedTab = Decoded<typeof savedTabs>['tabs'][number];

interface Keeping {
  readonly tabs: readonly Tab[];
  readonly activeId: string;
}

interface KeepingHow {
  /** Whether tokens and replies may be in it: a person must have said so. */
  readonly isRemembering: boolean;
  readonly hidden: HiddenTokens;
}

/** The tabs as text for the browser's storage. */
export function writeTabs(
  { tabs, activeId }: Keeping,
  { isRemembering, hidden }: KeepingHow,
): string {
  const active = Math.max(
    0,
    tabs.findIndex(({ id }) => id === activeId),
  );
  // First all: a tab may hold the token of another one.
  for (const { connection } of tabs) hidden.learn(connection.store.getState().variables);
  return savedTabs.write({
    version,
    active,
    tabs: tabs.map((tab) => (isRemembering ? remembered(tab) : withoutSecrets(tab, hidden))),
  });
}

function remembered(tab: Tab): SavedTab {
  const seed = seedOf(tab);
  const token = seed.variables.get('tkn');
  const lastSession =
    token === undefined
      ? tab.connection.store.getState().lastSession
      : sessionOfToken(token, seed.variables);
  return {
    ...seed,
    lastSession,
    subprotocols: [...seed.subprotocols],
    past: toPast(tab.log.all()),
  };
}

function withoutSecrets(tab: Tab, hidden: HiddenTokens): SavedTab {
  const all = remembered(tab);
  return {
    ...all,
    title: hidden.hide(all.title),
    url: urlWithoutSecrets(all.url, hidden),
    text: hidden.hide(all.text),
    lastSession: all.lastSession && hidden.hide(all.lastSession),
    variables: plainVariables(all.variables, hidden),
    past: undefined,
  };
}

/** Those that are no tokens and hold none. */
function plainVariables(variables: Variables, hidden: HiddenTokens): Variables {
  const isPlain = ([name, value]: [string, string]) =>
    !isTokenVariable(name) && !hidden.holdsToken(name) && !hidden.holdsToken(value);
  return new Map([...variables].filter(isPlain));
}

/** An address without user name, password, and parameters that hold a token. */
function urlWithoutSecrets(url: string, hidden: HiddenTokens): string {
  if (!URL.canParse(url)) return hidden.holdsToken(url) ? '' : url;
  const address = new URL(url);
  const named = [...address.searchParams].filter(
    ([name, value]) => name === 'tkn' || hidden.holdsToken(name) || hidden.holdsToken(value),
  );
  const hasUser = address.username !== '' || address.password !== '';
  // Written by a person: it stays character for character where there is nothing to take out.
  if (!hasUser && named.length === 0) return hidden.holdsToken(url) ? address.origin : url;
  address.username = '';
  address.password = '';
  for (const [name] of named) address.searchParams.delete(name);
  return hidden.holdsToken(address.href) ? address.origin : address.href;
}
