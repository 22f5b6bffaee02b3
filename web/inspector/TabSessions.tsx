import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { hostOf } from '../connection/page/address.ts';
import { inspectorAddress } from './inspectorLink.ts';
import { InspectorPanel } from './InspectorPanel.tsx';
import type { InspectedServer, InspectedServers } from './inspectedServers.ts';
import type { Tab } from '../tabs/tab.ts';
import type { ShownServer } from './viewProps.ts';
import { takeSession, type TakingPage } from './takeSession.ts';

interface TabSessionsProps {
  readonly servers: InspectedServers;
  readonly tab: Tab;
  readonly page: SessionsPage;
  readonly isWidened: boolean;
  /** What a person said of a server. */
  readonly serverOf: (url: string) => Pick<ShownServer, 'mode' | 'name'>;
}

/** What the panel changes beside the tab. */
interface SessionsPage extends TakingPage {
  readonly widen: (isWidened: boolean) => void;
}

/** The sessions of the server that the active tab is connected to, or why they are not shown. */
export function TabSessions({ servers, tab, page, isWidened, serverOf }: TabSessionsProps) {
  const { connection, draft } = tab;
  const server = useStore(connection.store, () => servers.of(connection));
  const url = useStore(connection.store, ({ handshake }) => handshake?.url);
  const isReached = useStore(connection.store, () => servers.reachedBy(connection) !== undefined);
  /** The server in whose place our own sessions are shown. */
  const [replaced, setReplaced] = useState<InspectedServer>();
  const shown = replaced === server ? servers.home : server;
  useEffect(() => shown.inspector.start(), [shown]);
  // One of the two finds out first that the server is back.
  const isConnected = useStore(connection.store, ({ status }) => status.state === 'open');
  useEffect(() => {
    const { state } = shown.inspector.store.getState().status;
    if (isConnected && (state === 'retrying' || state === 'connecting')) shown.inspector.retry();
  }, [isConnected, shown]);

  const isOfTab = isReached && shown === server;
  const host = hostOf(server.address);
  const ownHost = hostOf(servers.home.address);
  const described: ShownServer = {
    ...serverOf((shown === server && url) || shown.address),
    isLost: isOfTab && !isConnected,
    host: isOfTab ? undefined : hostOf(shown.address),
    back: shown === server ? undefined : { host, onShow: () => setReplaced(undefined) },
    foreign: shown.isForeign
      ? { host, ownHost, origin: window.location.origin, onShowOwn: () => setReplaced(server) }
      : undefined,
  };
  return (
    <InspectorPanel
      // Another server is another list, with its own search and scroll position.
      key={shown.address}
      inspector={shown.inspector}
      server={described}
      isWidened={isWidened}
      onWiden={page.widen}
      addressAlone={aloneAddressOf(shown)}
      onInsertTemplate={({ text, selection }) =>
        draft.setMessage({ text, isLiteral: false }, selection)
      }
      onUse={isOfTab ? (use) => takeSession(use, tab, page) : undefined}
    />
  );
}

/** Only our own server has this page. */
function aloneAddressOf({ isForeign, inspector }: InspectedServer): (() => string) | undefined {
  return isForeign ? undefined : () => inspectorAddress(inspector);
}
