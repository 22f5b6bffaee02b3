import type { Console } from './createConsole.ts';

/**
 * Opens what the fragment of the address asks for, now and whenever it changes. Few visits come by a
 * link, so what reads them is fetched when there is one.
 * @returns When the page can be shown.
 */
export async function followLinks(parts: Console): Promise<void> {
  const open = async (isAgain: boolean) => {
    if (window.location.hash === '') return;
    const { openLink } = await import('./openLink.ts');
    openLink(parts, { isAgain });
  };
  // Without the server an open page stays as it is.
  window.addEventListener('hashchange', () => void open(false).catch(() => {}));
  const [opened] = performance.getEntriesByType('navigation');
  await open(opened instanceof PerformanceNavigationTiming && opened.type !== 'navigate');
}
