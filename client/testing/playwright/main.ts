import type { Page, TestInfo } from '@playwright/test';
import { seshdeckMatchers } from '../matchers.ts';
import { startServer, type ServerOptions } from '../startServer.ts';
import { lastLines, type TestServer } from '../testServer.ts';
import { ConsolePage } from './consolePage.ts';
import { LogPage } from './logPage.ts';

// What `seshdeck/testing/playwright` exports.

export { ConsolePage, LogPage, seshdeckMatchers };

/** What a test gets. */
export interface SeshdeckFixtures {
  /** The server of the worker, empty at the start of each test. */
  readonly seshdeck: TestServer;
  /** Its console, open and connected. */
  readonly seshdeckConsole: ConsolePage;
}

/** What tests of one worker share. */
export interface SeshdeckWorkerFixtures {
  /** For what is started once a worker, such as the application under test. */
  readonly seshdeckServer: TestServer;
}

type Use<T> = (value: T) => Promise<void>;

/** As Playwright takes them, written so that it sees what a test gets. */
interface DefinedFixtures {
  readonly seshdeckServer: [
    (none: object, use: Use<TestServer>) => Promise<void>,
    { scope: 'worker' },
  ];
  readonly seshdeck: (
    given: SeshdeckWorkerFixtures,
    use: Use<TestServer>,
    testInfo: TestInfo,
  ) => Promise<void>;
  readonly seshdeckConsole: (
    given: Pick<SeshdeckFixtures, 'seshdeck'> & { readonly page: Page },
    use: Use<ConsolePage>,
  ) => Promise<void>;
}

/**
 * For `test.extend`: one server for each worker, so that its address stays the same, which is reset before each test. What it
 * has logged is attached to tests that fail.
 */
export function seshdeckFixtures(options: ServerOptions = {}): DefinedFixtures {
  return {
    seshdeckServer: [
      async ({}, use) => {
        const server = await startServer(options);
        await use(server);
        await server.close();
      },
      { scope: 'worker' },
    ],
    seshdeck: async ({ seshdeckServer }, use, testInfo) => {
      await seshdeckServer.reset(options.from);
      await use(seshdeckServer);
      if (testInfo.status === testInfo.expectedStatus) return;
      const body = lastLines(seshdeckServer.log);
      await testInfo.attach('seshdeck.log', { body, contentType: 'text/plain' });
    },
    seshdeckConsole: async ({ page, seshdeck }, use) => {
      await use(await ConsolePage.open(page, seshdeck.url));
    },
  };
}
