import { late } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Console } from './createConsole.ts';

const loadOpenLink = late(() => import('./openLink.ts'));

/**
 * Opens what the fragment of the address asks for, now and whenever it changes. Few visits come by a
 * link, so what reads them is fetched when there is one.
 * @returns When the page can be shown.
 */
export async function followLinks(parts: Console): Promise<void> {
  const open = async (isAgain: boolean) => {
    if (window.location.hash === '') return;
    const { openLink } = await loadOpenLink();
    openLink(parts, { isAgain });
  };
  window.addEventListener('hashchange', () => {
    open(false).catch(() => parts.shell.tell(texts.notLoaded));
  });
  const [opened] = performance.getEntriesByType('navigation');
  await open(opened instanceof PerformanceNavigationTiming && opened.type !== 'navigate');
}
