import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import { streamGatherMs } from './commandStream.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startTestServer([], { clock });
  client = await server.connect();
  ({ inspector } = await Inspector.start(server, clock));
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

test('an inspector sees the commands of clients, refused ones too, until it has seen enough', async () => {
  const tkn = await client.newSession();
  clock.advance(streamGatherMs);
  const list = await inspector.next('sessions');
  inspector.ask({ type: 'stream', number: 5 });
  await inspector.handled();
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
  await client.ask('{"KV_GET":{"tkn":"1","keys":["a"]}}');
  await client.ask('nonsense');
  clock.advance(streamGatherMs);
  await inspector.next('sessions');
  const { number, entries, counted } = await inspector.next('streamed');
  expect([number, counted]).toEqual([5, 3]);
  expect(entries.map(({ command, status }) => [command, status])).toEqual([
    ['KV_SET', 1],
    ['KV_GET', 100],
    [undefined, 3],
  ]);
  expect(entries[0]?.session).toBe(list.changed[0]?.id);
  expect(new Set(entries.map(({ connection }) => connection)).size).toBe(1);
  inspector.ask({ type: 'unstream' });
  await inspector.handled();
  await client.ask('{"SV_INFO":{}}');
  clock.advance(10 * streamGatherMs);
  await inspector.handled();
  expect(inspector.unread).toBe(0);
});

test('of two streams the later one counts', async () => {
  inspector.ask({ type: 'stream', number: 1 });
  inspector.ask({ type: 'stream', number: 2, commands: ['SV_INFO'] });
  await inspector.handled();
  await client.ask('{"SV_INFO":{}}');
  await client.ask('{"SH_INFO_ALL":{}}');
  clock.advance(streamGatherMs);
  expect(await inspector.next('streamed')).toMatchObject({ number: 2, counted: 1 });
});
