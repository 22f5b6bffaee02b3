import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { inspectionExamples } from '../../test/server/inspectionExamples.ts';
import { Inspector } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';

let clock: FakeClock;
let server: TestServer;
let inspector: Inspector;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startTestServer([], { clock });
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

let marks = 1_000;

/** Lets the server deal with the requests so far, and send what is due. */
async function settle(): Promise<string[]> {
  const types: string[] = [];
  for (let step = 0; step < 16; step += 1) {
    marks += 1;
    inspector.ask({ type: 'cut', connection: marks, reason: '' });
    for (;;) {
      const event = await inspector.nextOfAny();
      if (event.type === 'cut' && event.connection === marks) break;
      types.push(event.type);
    }
    clock.advance(step % 4 === 3 ? 500 : 0);
  }
  return types;
}

test('no inspection moves a deadline, whatever is asked and however often', async () => {
  const client = await server.connect();
  const expiry = '{"duration":60,"deleteSession":true,"extendOnGet":true,"extendOnSetAdd":true}';
  const token = await client.newSession(`{"name":"shop-1","expiry":${expiry}}`);
  await client.ask(`{"KV_SET":{"tkn":"${token}","keys":{"k":{"a":1}}}}`);
  const deadline = async () =>
    /"time":(\d+)/.exec(await client.ask(`{"SH_INFO":{"tkn":"${token}"}}`))?.[1];
  const before = await deadline();
  expect(before).toBeDefined();
  inspector = await Inspector.open(server);
  const examples = inspectionExamples({ id: idOf(token as Token), token, key: 'k' });
  const { list, act } = examples;
  const requests = [
    ...Object.values(examples).filter(({ type }) => !type.startsWith('un')),
    { ...list, number: 2, content: { text: '1' } },
    { ...list, number: 3, content: { path: '$.a' } },
    // What the path box sends.
    { ...act, number: 2, message: '{"KV_FIND":{"path":"$.a","rsp":"keys"}}' },
  ];
  const seen = new Set<string>();
  for (let round = 0; round < 2; round += 1) {
    clock.advance(3_000);
    for (const request of requests) inspector.ask(request);
    for (const type of await settle()) seen.add(type);
  }
  // What reads values was among them.
  const readers = ['keys', 'value', 'peeked', 'token', 'rows', 'timeline', 'moment', 'figures'];
  expect([...seen]).toEqual(expect.arrayContaining([...readers, 'acted', 'audited']));
  expect(await deadline()).toBe(before);
});
