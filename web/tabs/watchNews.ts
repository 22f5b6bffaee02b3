import type { SetTimer } from '../../protocol/clock.ts';
import type { Entry } from '../connection/page/exchange.ts';
import type { NewsStore, TabNews } from './news.ts';
import type { Tab } from './tab.ts';
import type { Tabs } from './tabsStore.ts';

interface NewsDeps {
  readonly news: NewsStore;
  readonly isFailure: (entry: Entry) => boolean;
  /** Whether nobody sees the page: then its active tab has news as well. */
  readonly isHidden: () => boolean;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
}

/** In a flood the counts move this often. */
const showAfterMs = 250;
const none: TabNews = { unread: 0, failures: 0 };

/**
 * Counts what comes in while a tab is in the background.
 * @returns Call it when the page comes into view.
 */
export function watchNews(tabs: Tabs, { news, isFailure, isHidden, setTimer }: NewsDeps) {
  let counts = new Map<string, TabNews>();
  let isTimed = false;
  const show = () => {
    isTimed = false;
    const { tabs: open, activeId } = tabs.store.getState();
    const isListed = (id: string) => open.some((tab) => tab.id === id);
    const isSeen = (id: string) => id === activeId && !isHidden();
    const before = news.getState();
    counts = new Map([...counts].filter(([id]) => isListed(id) && !isSeen(id)));
    if (counts.size > 0 || before.size > 0) news.setState(new Map(counts), true);
  };
  const count = (id: string, entry: Entry) => {
    const { activeId } = tabs.store.getState();
    const isNews = entry.kind === 'received' || (entry.kind === 'connection' && isFailure(entry));
    if (!isNews || (id === activeId && !isHidden())) return;
    const { unread, failures } = counts.get(id) ?? none;
    counts.set(id, {
      unread: unread + (entry.kind === 'received' ? 1 : 0),
      failures: failures + (isFailure(entry) ? 1 : 0),
    });
    if (isTimed) return;
    isTimed = true;
    setTimer(show, showAfterMs);
  };
  /** Tabs end with their connections, so nobody has to stop listening. */
  const watched = new WeakSet<Tab['connection']>();
  const watchAll = () => {
    for (const { id, connection } of tabs.store.getState().tabs) {
      if (watched.has(connection)) continue;
      watched.add(connection);
      connection.subscribe((event) => event.type === 'entry' && count(id, event.entry));
    }
  };
  watchAll();
  tabs.store.subscribe(() => {
    watchAll();
    show();
  });
  return show;
}
