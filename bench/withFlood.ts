import type { Browser } from '@playwright/test';
import { withBrowser } from './browser.ts';
import { startServer } from './serverProcess.ts';

/** Where the console is, and the server that floods it. */
export interface Addresses {
  readonly console: string;
  readonly flood: string;
}

/** Runs with the console as it is shipped, a server that floods, and a browser. */
export function withFlood<T>(
  bundle: string,
  run: (browser: Browser, at: Addresses) => Promise<T>,
): Promise<T> {
  return withFloodServers(bundle, (at) => withBrowser((browser) => run(browser, at)));
}

/** Runs with the console as it is shipped and a server that floods. */
export async function withFloodServers<T>(
  bundle: string,
  run: (at: Addresses) => Promise<T>,
): Promise<T> {
  const floodServer = new URL('floodServer.ts', import.meta.url).pathname;
  const [ours, flood] = await Promise.all([
    startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']),
    startServer(['--import', 'tsx', floodServer]),
  ]);
  const at = { console: `http://127.0.0.1:${ours.port}`, flood: `127.0.0.1:${flood.port}` };
  try {
    return await run(at);
  } finally {
    await Promise.all([ours.stop(), flood.stop()]);
  }
}
