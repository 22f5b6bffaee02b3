import { isFailure } from '../log/search/logFilter.ts';
import type { NewsStore } from '../tabs/news.ts';
import { showPageSigns } from '../tabs/pageSigns.ts';
import type { Tabs } from '../tabs/tabsStore.ts';
import { watchNews } from '../tabs/watchNews.ts';

/** Shows what happens in the background: on the tabs, in the page's title and in its icon. */
export function tellNews(tabs: Tabs, news: NewsStore): void {
  const onSeen = watchNews(tabs, {
    news,
    isFailure,
    isHidden: () => document.hidden,
    setTimer: (run, delayMs) => {
      const timer = window.setTimeout(run, delayMs);
      return () => window.clearTimeout(timer);
    },
  });
  document.addEventListener('visibilitychange', onSeen);
  showPageSigns(tabs, news, document);
}
