import { pageTokens } from '../connection/page/hiddenTokens.ts';
import type { Tab } from '../tabs/tab.ts';
import type { Tabs } from '../tabs/tabsStore.ts';
import type { ServerChanges } from './changeServers.ts';
import { serverAddress } from './servers.ts';

/** Lists the servers that tabs connect to. An address that holds a token is not kept. */
export function rememberServers(tabs: Tabs, { connected }: ServerChanges): void {
  /** Tabs end with their connections, so nobody has to stop listening. */
  const watched = new WeakSet<Tab['connection']>();
  const remember = ({ store }: Tab['connection']) => {
    const { status, handshake } = store.getState();
    const address = status.state === 'open' ? serverAddress(handshake?.url ?? '') : undefined;
    if (address !== undefined && !pageTokens.holdsToken(address)) connected(address);
  };
  const watchAll = () => {
    for (const { connection } of tabs.store.getState().tabs) {
      if (watched.has(connection)) continue;
      watched.add(connection);
      remember(connection);
      connection.store.subscribe((view, before) => {
        if (view.status !== before.status) remember(connection);
      });
    }
  };
  watchAll();
  tabs.store.subscribe(watchAll);
}
