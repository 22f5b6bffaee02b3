import { isFailure } from '../log/search/logFilter.ts';
import { changesOf } from '../servers/changeServers.ts';
import { rememberServers } from '../servers/rememberServers.ts';
import { showPageSigns } from '../tabs/pageSigns.ts';
import { watchNews } from '../tabs/watchNews.ts';
import type { AppParts } from './createParts.ts';

/**
 * Shows what happens in the background: on the tabs, in the page's title and in its icon. Lists the
 * servers that tabs connect to.
 */
export function watchTabs({ tabs, news, servers }: AppParts): void {
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
  rememberServers(tabs, changesOf(servers));
}
