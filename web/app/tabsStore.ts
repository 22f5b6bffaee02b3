import { createStore, type StoreApi } from 'zustand/vanilla';
import { Connection, type ConnectionDeps } from '../connection/connection.ts';
import type { FeedEvent } from '../connection/exchange.ts';
import { createDraft, type Draft } from '../composer/draft.ts';
import { MessageLog } from '../log/messageLog.ts';

/** One connection tab and all that belongs to it. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly connection: Connection;
  readonly draft: Draft;
  readonly log: MessageLog;
}

interface TabsView {
  readonly tabs: readonly Tab[];
  readonly activeId: string;
}

interface TabsDeps extends ConnectionDeps {
  /** Address that new tabs connect to. */
  readonly homeUrl: string;
  readonly onNextFrame: (run: () => void) => void;
  /** Told of all that goes over any tab's connection. */
  readonly onFeed?: (event: FeedEvent, connection: Connection) => void;
}

/** The open tabs. There is always at least one. */
export interface Tabs {
  readonly store: StoreApi<TabsView>;
  active: () => Tab;
  /** Opens a tab, connects it and makes it the active one. */
  open: () => Tab;
  activate: (id: string) => void;
  /** Closing the last tab opens a fresh one. */
  close: (id: string) => void;
}

/** Most tabs at a time: each holds a connection and a log. */
export const maxTabs = 20;

const firstDraft = '{\n  "SH_INFO_ALL": {}\n}';

export function createTabs(deps: TabsDeps): Tabs {
  let count = 0;
  const make = (): Tab => {
    count += 1;
    const connection = new Connection(deps.homeUrl, deps);
    const log = new MessageLog(deps);
    connection.subscribe((event) => log.observe(event));
    connection.subscribe((event) => deps.onFeed?.(event, connection));
    connection.connect();
    const draft = createDraft(count === 1 ? firstDraft : '');
    return { id: `connection-${count}`, title: `Connection ${count}`, connection, draft, log };
  };
  const first = make();
  const store = createStore<TabsView>(() => ({ tabs: [first], activeId: first.id }));

  const active = () => {
    const { tabs, activeId } = store.getState();
    return tabs.find((tab) => tab.id === activeId) ?? first;
  };
  const open = () => {
    if (store.getState().tabs.length >= maxTabs) return active();
    const tab = make();
    store.setState(({ tabs }) => ({ tabs: [...tabs, tab], activeId: tab.id }));
    return tab;
  };
  return {
    store,
    active,
    open,
    activate: (id) => store.setState({ activeId: id }),
    close: (id) => {
      const { tabs, activeId } = store.getState();
      const at = tabs.findIndex((tab) => tab.id === id);
      tabs[at]?.connection.dispose();
      const rest = tabs.filter((tab) => tab.id !== id);
      const neighbour = rest[Math.min(at, rest.length - 1)];
      if (!neighbour) {
        const fresh = make();
        store.setState({ tabs: [fresh], activeId: fresh.id });
        return;
      }
      store.setState({ tabs: rest, activeId: activeId === id ? neighbour.id : activeId });
    },
  };
}
