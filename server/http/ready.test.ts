import { afterEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import type { StoreStatus } from '../store/storeStatus.ts';

let server: TestServer;

afterEach(() => server.stop());

async function ask(path: string, base = server.url): Promise<[number, string]> {
  const answer = await fetch(base + path);
  return [answer.status, await answer.text()];
}

test.each([
  { state: 'ready', reason: undefined, says: [200, 'ready, durability commit\n'] },
  { state: 'loading', reason: undefined, says: [503, 'The data is being loaded\n'] },
  { state: 'refusing', reason: 'The disk is full', says: [503, 'The disk is full\n'] },
  { state: 'refusing', reason: undefined, says: [503, 'The store refuses changes\n'] },
] as const)(
  'while the store is $state ($reason), /readyz answers $says',
  async ({ state, reason, says }) => {
    class Store extends MemoryStore {
      override status(): StoreStatus {
        return { durability: 'commit', state, reason, journal: undefined };
      }
    }
    server = await startTestServer([], { createStore: (parts) => new Store(parts) });
    expect(await ask('/readyz')).toEqual(says);
    // It lives, whatever its disk does: a probe of life must not restart it.
    const [healthStatus, health] = await ask('/healthz');
    expect(healthStatus).toBe(200);
    const why = reason === undefined ? '' : `,"reason":"${reason}"`;
    expect(health).toContain(`"durability":"commit","state":"${state}"${why}}`);
  },
);

test('while the server shuts down, /readyz answers 503', async () => {
  server = await startTestServer(['--metrics-listen', '127.0.0.1:0']);
  const client = await server.connect();
  await client.newSession();
  // Does not answer the closing frame, so the server has to wait for it.
  client.socket.pause();
  const base = server.metricsUrl?.replace('/metrics', '');
  const stopped = server.server.close();
  expect(await ask('/readyz', base)).toEqual([503, 'The server is shutting down\n']);
  client.socket.terminate();
  await stopped;
});
