import { createStore, type StoreApi } from 'zustand/vanilla';
import { Connection } from '../connection/page/connection.ts';
import type { ConnectionDeps } from '../connection/page/connectionDeps.ts';
import type { SentEntry } from '../connection/page/exchange.ts';
import type { createDraft } from '../composer/draft.ts';
import type { watchUnsent } from '../composer/unsentText.ts';
import type { MessageLog } from '../log/store/messageLog.ts';
import { fromPast, type PastEntry } from './pastEntries.ts';
import type { SavedTabs } from './savedTabs.ts';
import { seedOf, type Tab, type TabSeed } from './tab.ts';
import { addressOf, titled } from './titles.ts';

interface TabsView {
  readonly tabs: readonly Tab[];
  readonly activeId: string;
  /** Tabs that were closed and can be opened again. */
  readonly closedCount: number;
}

interface TabsDeps extends ConnectionDeps {
  /** Address that new tabs connect to. */
  readonly homeUrl: string;
  /** Of the composer. */
  readonly createDraft: typeof createDraft;
  readonly watchUnsent: typeof watchUnsent;
  readonly createLog: () => MessageLog;
  /** What a person calls the server of an address. */
  readonly nameOf: (url: string) => string;
  /** Called for each message that goes out over any tab's connection. */
  readonly onSent?: (entry: SentEntry, connection: Connection) => void;
  /** Tabs from before a reload. */
  readonly saved?: SavedTabs | undefined;
}

/** The open tabs. There is always at least one. */
export interface Tabs {
  readonly store: StoreApi<TabsView>;
  active: () => Tab;
  /**
   * Opens a tab, connects it and makes it the active one. At the limit nothing happens.
   * @param url Absent: the server that this page came from.
   */
  open: (url?: string) => Tab;
  activate: (id: string) => void;
  /** An empty title names the tab after its server. */
  rename: (id: string, title: string) => void;
  /** To the place of the tab that has this index now. */
  move: (id: string, toIndex: number) => void;
  /** Closing the last tab opens a fresh one. */
  close: (id: string) => void;
  /** Opens the tab that was closed last, without its log. */
  reopen: () => void;
  /** Names tabs after their servers again, as an address or a server's name has changed. */
  retitle: () => void;
}

/** Most tabs at a time: each holds a connection and a log. */
export const maxTabs = 20;
/** Most characters of a title. */
export const maxTitleLength = 60;
/** Most closed tabs that can be opened again. */
const maxClosed = 10;

const firstDraft = '{\n  "SH_INFO_ALL": {}\n}';

export function createTabs(deps: TabsDeps): Tabs {
  const make = createMaker(deps, () => retitle(store, name));
  const seeds = deps.saved?.tabs.slice(0, maxTabs) ?? [];
  const fresh = (text = '') => freshSeed(deps.homeUrl, text);
  const name = (tabs: readonly Tab[]) => titled(tabs, deps.nameOf);
  const [first = make(fresh(firstDraft)), ...others] = seeds.map(make);
  const initial = name([first, ...others]);
  const closed: TabSeed[] = [];
  const store = createStore<TabsView>(() => ({
    tabs: initial,
    activeId: (initial[deps.saved?.active ?? 0] ?? first).id,
    closedCount: 0,
  }));

  const active = () => {
    const { tabs, activeId } = store.getState();
    return tabs.find((tab) => tab.id === activeId) ?? first;
  };
  const add = (seed: TabSeed) => {
    if (store.getState().tabs.length >= maxTabs) return active();
    const tab = make(seed);
    store.setState(({ tabs }) => ({ tabs: name([...tabs, tab]), activeId: tab.id }));
    return active();
  };
  const close = (id: string) => {
    const { tabs, activeId } = store.getState();
    const at = tabs.findIndex((tab) => tab.id === id);
    const closing = tabs[at];
    if (!closing) return;
    closed.push(seedOf(closing));
    if (closed.length > maxClosed) closed.shift();
    closing.connection.dispose();
    const rest = tabs.filter((tab) => tab.id !== id);
    const neighbour = rest[Math.min(at, rest.length - 1)] ?? make(fresh());
    store.setState({
      tabs: name(rest.length > 0 ? rest : [neighbour]),
      activeId: activeId === id ? neighbour.id : activeId,
      closedCount: closed.length,
    });
  };
  return {
    store,
    active,
    open: (url = deps.homeUrl) => add(freshSeed(url, '')),
    activate: (id) => store.setState({ activeId: id }),
    rename: (id, title) => store.setState(({ tabs }) => ({ tabs: name(renamed(tabs, id, title)) })),
    move: (id, toIndex) => store.setState(({ tabs }) => ({ tabs: moved(tabs, id, toIndex) })),
    close,
    reopen: () => {
      if (store.getState().tabs.length >= maxTabs) return;
      const seed = closed.pop();
      if (!seed) return;
      add(seed);
      store.setState({ closedCount: closed.length });
    },
    retitle: () => retitle(store, name),
  };
}

function retitle(store: StoreApi<TabsView>, name: (tabs: readonly Tab[]) => readonly Tab[]): void {
  const { tabs } = store.getState();
  const named = name(tabs);
  if (named.some((tab, at) => tab !== tabs[at])) store.setState({ tabs: named });
}

function createMaker(deps: TabsDeps, onServer: () => void): (seed: TabSeed) => Tab {
  let count = 0;
  return (seed) => {
    count += 1;
    const connection = new Connection(seed.url, deps);
    const log = deps.createLog();
    restoreLog(log, seed.past ?? [], deps.nowMs());
    connection.subscribe((event) => {
      log.observe(event);
      if (event.type === 'entry' && event.entry.kind === 'sent') {
        deps.onSent?.(event.entry, connection);
      }
    });
    // What was stored may be against the rules of today: then it stays as it is by default.
    connection.setSubprotocols(seed.subprotocols);
    connection.setOptions({ isReconnecting: seed.isReconnecting });
    for (const [name, value] of seed.variables) connection.variables.set(name, value);
    connection.store.setState({ lastSession: seed.lastSession });
    const draft = deps.createDraft(seed.text, { isLiteral: seed.isLiteral ?? false });
    const unsent = deps.watchUnsent(draft, seed);
    connection.store.subscribe((view, before) => {
      if (addressOf(view) !== addressOf(before)) onServer();
    });
    if (!seed.isOff) connection.connect();
    const { title } = seed;
    return { id: `connection-${count}`, title, ownTitle: title, connection, draft, log, unsent };
  };
}

/** Puts rows from before a reload in front of those to come, with a line between. */
function restoreLog(log: MessageLog, past: readonly PastEntry[], nowMs: number): void {
  if (past.length === 0) return;
  for (const entry of fromPast(past)) log.observe({ type: 'entry', entry });
  const event = { event: 'pageReloaded' } as const;
  log.observe({ type: 'entry', entry: { kind: 'connection', id: 0, atMs: nowMs, event } });
}

function renamed(tabs: readonly Tab[], id: string, given: string): readonly Tab[] {
  const ownTitle = given.trim().slice(0, maxTitleLength);
  return tabs.map((tab) => (tab.id === id ? { ...tab, ownTitle, title: ownTitle } : tab));
}

function moved(tabs: readonly Tab[], id: string, toIndex: number): readonly Tab[] {
  const tab = tabs.find((each) => each.id === id);
  if (!tab) return tabs;
  return tabs.filter((each) => each !== tab).toSpliced(toIndex, 0, tab);
}

function freshSeed(url: string, text: string): TabSeed {
  return {
    title: '',
    url,
    subprotocols: [],
    isReconnecting: true,
    text,
    isSettled: true,
    isOff: false,
    variables: new Map(),
  };
}
