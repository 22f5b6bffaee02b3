import type { StoreApi } from 'zustand/vanilla';
import { pageTokens } from '../connection/page/hiddenTokens.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { ServerChanges } from './changeServers.ts';
import { serverAddress } from './servers.ts';

interface OpenTabs {
  readonly store: Pick<
    StoreApi<{ readonly tabs: readonly { readonly connection: Connection }[] }>,
    'getState' | 'subscribe'
  >;
}

/** Lists the servers that tabs connect to. An address that holds a token is not kept. */
export function rememberServers({ store: tabs }: OpenTabs, { connected }: ServerChanges): void {
  /** Tabs end with their connections, so nobody has to stop listening. */
  const watched = new WeakSet<Connection>();
  const remember = ({ store }: Connection) => {
    const { status, handshake } = store.getState();
    const address = status.state === 'open' ? serverAddress(handshake?.url ?? '') : undefined;
    if (address !== undefined && !pageTokens.holdsToken(address)) connected(address);
  };
  const watchAll = () => {
    for (const { connection } of tabs.getState().tabs) {
      if (watched.has(connection)) continue;
      watched.add(connection);
      remember(connection);
      connection.store.subscribe((view, before) => {
        if (view.status !== before.status) remember(connection);
      });
    }
  };
  watchAll();
  tabs.subscribe(watchAll);
}
