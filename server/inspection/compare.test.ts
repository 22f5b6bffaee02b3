import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import { gatherMs } from './hub.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startTestServer([], { clock });
  client = await server.connect();
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

test('keys of a second session come beside those of the first, until it ends', async () => {
  const [first, second] = [await client.newSession(), await client.newSession()];
  const [firstId, secondId] = [idOf(first as Token), idOf(second as Token)];
  const set = (tkn: string, keys: string) =>
    client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set(second, '{"a":1.50}');
  ({ inspector } = await Inspector.start(server, clock));
  await inspector.watch(firstId, clock);
  inspector.ask({ type: 'compare', id: secondId });
  await inspector.handled();
  clock.advance(0);
  const keys = await inspector.next('keys');
  expect(keys).toMatchObject({ id: secondId, changed: [{ key: 'a', value: '1.50' }] });
  await set(first, '{"b":1}');
  await set(second, '{"a":2}');
  clock.advance(gatherMs);
  await inspector.next('sessions');
  await inspector.next('session');
  const ids = [(await inspector.next('keys')).id, (await inspector.next('keys')).id];
  expect(ids).toEqual([firstId, secondId]);
  await client.ask(`{"SH_END":{"tkn":"${second}"}}`);
  clock.advance(gatherMs);
  await inspector.next('sessions');
  expect(await inspector.next('gone')).toEqual({ type: 'gone', id: secondId });
  await set(first, '{"b":2}');
  clock.advance(gatherMs);
  await inspector.next('sessions');
  await inspector.next('session');
  expect((await inspector.next('keys')).id).toBe(firstId);
});
