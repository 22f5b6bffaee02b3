import { startServer, type ServerOptions } from '../startServer.ts';
import { lastLines, type TestServer } from '../testServer.ts';

// What `seshdeck/testing/node-test` exports.

/** The part of a test's context that is used. */
export interface NodeTestContext {
  after(run: () => Promise<void>): void;
  diagnostic(line: string): void;
  /** Whether it has passed; before Node 20.12 nothing is known. */
  readonly passed?: boolean;
}

/**
 * A server for one test of `node:test`, which is closed with it. What it has logged becomes a diagnostic line each if the test
 * fails.
 */
export async function startServerFor(
  context: NodeTestContext,
  options: ServerOptions = {},
): Promise<TestServer> {
  const server = await startServer(options);
  context.after(async () => {
    await server.close();
    if (context.passed !== false) return;
    for (const line of lastLines(server.log).split('\n')) context.diagnostic(line);
  });
  return server;
}
