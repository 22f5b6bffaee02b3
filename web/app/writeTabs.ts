import type { Decoded } from '../../protocol/codec.ts';
import type { Variables } from '../connection/variables.ts';
import { savedTabs, version } from './savedTabs.ts';
import { isSecret, urlWithoutSecrets, withoutTokens } from './secrets.ts';
import { seedOf, type Tab } from './tab.ts';
import { toPast } from './toPast.ts';

type SavedTab = Decoded<typeof savedTabs>['tabs'][number];

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

function remembered(tab: Tab): SavedTab {
  const seed = seedOf(tab);
  return { ...seed, subprotocols: [...seed.subprotocols], past: toPast(tab.log.all()) };
}

function withoutSecrets(tab: Tab): SavedTab {
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
