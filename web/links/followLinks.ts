import { late } from '../ui/late.tsx';
import type { LinkedPage } from './openLink.ts';

const loadOpenLink = late(() => import('./openLink.ts'));

/** What a page with links needs. */
interface FollowingPage extends LinkedPage {
  /** The code that reads links could not be loaded. */
  readonly onNotLoaded: () => void;
}

/**
 * Opens what the fragment of the address asks for, now and whenever it changes. Few visits come by a
 * link, so what reads them is fetched when there is one.
 * @returns When the page can be shown.
 */
export async function followLinks(page: FollowingPage): Promise<void> {
  const open = async (isAgain: boolean) => {
    if (window.location.hash === '') return;
    const { openLink } = await loadOpenLink();
    openLink(page, { isAgain });
  };
  window.addEventListener('hashchange', () => {
    open(false).catch(page.onNotLoaded);
  });
  const [opened] = performance.getEntriesByType('navigation');
  await open(opened instanceof PerformanceNavigationTiming && opened.type !== 'navigate');
}
