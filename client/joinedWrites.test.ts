import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf } from '../test/client/clientOf.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { Client } from './client.ts';
import type { Session } from './session.ts';

/** Since the start of the test. */
let writes = 0;

/** The class of `ws`, and what is written on the stream below. */
class CountedSocket extends WebSocket {
  constructor(url: string, protocols?: string[]) {
    super(url, protocols);
    this.once('upgrade', ({ socket }) => {
      const write = socket._write.bind(socket);
      const writeSeveral = socket._writev?.bind(socket);
      socket._write = (...args) => {
        writes += 1;
        write(...args);
      };
      socket._writev = (...args) => {
        writes += 1;
        writeSeveral?.(...args);
      };
    });
  }
}

let server: TestServer;
let db: Client;
let session: Session;

beforeAll(async () => {
  server = await startTestServer();
  db = clientOf(`ws://127.0.0.1:${server.port}`, { WebSocket: CountedSocket }).client;
  session = await db.newSession({ name: 'one' });
});

afterAll(async () => {
  await db.close();
  await server.stop();
});

beforeEach(async () => {
  await session.count();
  await session.count();
  writes = 0;
});

test('one call after the other is a write each, which leaves at once', async () => {
  for (let n = 1; n <= 3; n += 1) {
    const stored = session.set({ n, text: 'zwölf' });
    expect(writes).toBe(n);
    await stored;
  }
  expect(await session.get(['n', 'text'])).toEqual({ n: 3, text: 'zwölf' });
});

test('calls of one turn share their writes', async () => {
  const calls = () => Promise.all(Array.from({ length: 16 }, (_, n) => session.set({ n })));
  await calls();
  expect(writes).toBeLessThanOrEqual(5);
  writes = 0;
  await calls();
  expect(writes).toBe(4);
});

test('so do quiet ones', async () => {
  await Promise.all(Array.from({ length: 16 }, (_, n) => session.setQuietly({ n })));
  expect(writes).toBeLessThanOrEqual(6);
});
