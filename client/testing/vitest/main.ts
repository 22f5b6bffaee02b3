import type { TestContext } from 'vitest';
import type { CommandName } from '../../../protocol/commands/catalog.ts';
import { seshdeckMatchers } from '../matchers.ts';
import { startServer, type ServerOptions } from '../startServer.ts';
import type { SessionRef } from '../sessions.ts';
import { lastLines, type TestServer } from '../testServer.ts';

// What `seshdeck/testing/vitest` exports.

export { seshdeckMatchers };

declare module 'vitest' {
  // Its own declaration has this parameter, and all must have the same.
  interface Matchers<T> {
    /** A session, or the one of a token, is gone. */
    toHaveEnded(session: SessionRef): Promise<void>;
    /** It was received, with these parameters and perhaps more. */
    toContainCommand(command: CommandName, params?: Readonly<Record<string, unknown>>): void;
  }
}

/** What a test gets. */
export interface SeshdeckFixtures {
  /** A server that no other test has. */
  readonly seshdeck: TestServer;
}

/**
 * For `test.extend`: each test that asks for `seshdeck` gets its own server, which is closed with it. What the server
 * has logged is printed if the test fails.
 */
export function seshdeckFixtures(options: ServerOptions = {}) {
  return {
    seshdeck: async (
      { onTestFailed }: Pick<TestContext, 'onTestFailed'>,
      use: (server: TestServer) => Promise<void>,
    ): Promise<void> => {
      const server = await startServer(options);
      onTestFailed(() => {
        // oxlint-disable-next-line no-console -- Vitest shows it with the test that failed.
        console.error(lastLines(server.log));
      });
      await use(server);
      await server.close();
    },
  };
}
