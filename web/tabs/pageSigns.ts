import type { ConnectionState } from '../connection/page/connectionView.ts';
import { lateTexts } from './lateTexts.ts';
import type { NewsStore } from './news.ts';
import type { Tab } from './tab.ts';
import type { Tabs } from './tabsStore.ts';

/** What the browser shows of a page that is in the background. */
interface PageSigns {
  readonly title: string;
  /** Path of the icon. */
  readonly icon: string;
}

/** Title and icon of the page: connection and news of the tab in front, and news of the others. */
export function signsOf(
  tab: Pick<Tab, 'title'>,
  status: ConnectionState,
  unread: number,
): PageSigns {
  const isLost = status.state === 'retrying' || (status.state === 'closed' && !!status.close);
  const words = [tab.title, lateTexts.product];
  if (status.state === 'retrying') words.unshift(`⚠ ${lateTexts.lost}`);
  else if (status.state === 'closed') words.unshift(isLost ? `⚠ ${lateTexts.off}` : lateTexts.off);
  const title = words.join(' · ');
  const icon = isLost ? '/icon-lost.svg' : unread > 0 ? '/icon-unread.svg' : '/icon.svg';
  return { title: unread > 0 ? `(${unread}) ${title}` : title, icon };
}

/** Keeps title and icon of the page as {@link signsOf} says. */
export function showPageSigns(tabs: Tabs, news: NewsStore, page: Document): void {
  let unfollow = () => {};
  let followed: Tab['connection'] | undefined;
  const show = () => {
    const tab = tabs.active();
    const unread = [...news.getState().values()].reduce((sum, each) => sum + each.unread, 0);
    const signs = signsOf(tab, tab.connection.store.getState().status, unread);
    if (page.title !== signs.title) page.title = signs.title;
    const link = page.querySelector('link[rel=icon]');
    if (link && link.getAttribute('href') !== signs.icon) link.setAttribute('href', signs.icon);
  };
  const follow = () => {
    const { connection } = tabs.active();
    if (connection !== followed) {
      unfollow();
      followed = connection;
      unfollow = connection.store.subscribe((view, before) => {
        if (view.status !== before.status) show();
      });
    }
    show();
  };
  tabs.store.subscribe(follow);
  news.subscribe(show);
  follow();
}
