import { useStore } from 'zustand';
import { RoundTrip, StoreChip } from '../connectionBar/BarFacts.tsx';
import type { StoreSource } from '../connectionBar/storeSource.ts';
import { changesOf, type ServerChanges } from '../servers/changeServers.ts';
import { RecentServers } from '../servers/RecentServers.tsx';
import type { Server } from '../servers/servers.ts';
import { ServerMode, TabSign } from '../servers/ServerSigns.tsx';
import { texts } from '../servers/texts.ts';
import { openTab } from '../tabs/actions.ts';
import type { Tab } from '../tabs/tab.ts';
import type { AppParts } from './createParts.ts';

interface ServerPartProps {
  readonly at: 'address' | 'bar' | 'details' | 'tab';
  readonly parts: AppParts;
  readonly tab: Tab;
  readonly source: StoreSource;
}

/** What the page shows of servers: beside the address, in the bar and on each tab. Loaded later. */
export function ServerPart({ at, parts, tab, source }: ServerPartProps) {
  const { servers, shell, tabs } = parts;
  const { connection } = tab;
  switch (at) {
    case 'address':
      return <Recent parts={parts} tab={tab} />;
    case 'bar': {
      const onEdit = () => shell.openDialog({ kind: 'connection' });
      return (
        <>
          <ServerMode {...{ servers, connection, onEdit }} />
          <StoreChip {...{ connection, source }} />
        </>
      );
    }
    case 'details':
      return <RoundTrip connection={connection} />;
    case 'tab':
      return <TabSign {...{ servers, connection }} isActive={tabs.active().id === tab.id} />;
  }
}

function Recent({ parts, tab: { connection } }: Pick<ServerPartProps, 'parts' | 'tab'>) {
  const { servers, shell, tabs } = parts;
  const isFree = useStore(connection.store, ({ status }) => status.state === 'closed');
  const changes: ServerChanges = changesOf(servers);
  const open = (address: string) => {
    if (!isFree) {
      openTab({ tabs, shell }, address);
      return;
    }
    connection.setUrl(address);
    connection.connect();
  };
  const remove = ({ address, name }: Server) =>
    shell.notify(texts.removed(name), changes.remove(address));
  return <RecentServers servers={servers} opensTab={!isFree} onOpen={open} onRemove={remove} />;
}
