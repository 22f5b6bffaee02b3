import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector, type EventOf } from '../../test/server/inspectorClient.ts';
import { idOf } from '../../test/server/memoryStore.ts';
import { startTestServer, type TestClient, type TestServer } from '../../test/server/testServer.ts';
import { maxListedKeys } from '../../protocol/inspection/events.ts';
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

async function nextKeys(): Promise<EventOf<'keys'>> {
  for (;;) {
    const event = await inspector.nextOfAny();
    if (event.type === 'keys') return event;
  }
}

test('keys of a second session come beside those of the first, until it ends', async () => {
  const [first, second] = [await client.newSession(), await client.newSession()];
  const [firstId, secondId] = [idOf(first as Token), idOf(second as Token)];
  const set = (tkn: string, keys: string) =>
    client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":${keys}}}`);
  await set(second, '{"a":1.50}');
  ({ inspector } = await Inspector.start(server, clock));
  await inspector.watch(firstId, clock);
  inspector.ask({ type: 'compare', number: 7, id: secondId });
  await inspector.handled();
  clock.advance(0);
  const keys = await inspector.next('keys');
  expect(keys).toMatchObject({ number: 7, id: secondId, changed: [{ key: 'a', value: '1.50' }] });
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

test('of two sessions that are compared all keys come, the watched one among them; a third ends the first', async () => {
  const large = await client.newSession();
  const id = idOf(large as Token);
  const count = maxListedKeys + 500;
  for (let from = 0; from < count; from += 3_500) {
    const keys = Array.from({ length: 3_500 }, (_, at) => `"k${from + at}":${from + at}`);
    await client.ask(`{"KV_SET":{"tkn":"${large}","keys":{${keys.join(',')}}}}`);
  }
  ({ inspector } = await Inspector.start(server, clock));
  inspector.ask({ type: 'compare', number: 1, id });
  inspector.ask({ type: 'compare', number: 2, id });
  await inspector.handled();
  const compared = new Map<number | undefined, number>();
  const waiting = new Set<number | undefined>([1, 2]);
  while (waiting.size > 0) {
    clock.advance(gatherMs);
    const { number, changed, isMore, totalKeys } = await nextKeys();
    expect(totalKeys).toBe(count);
    compared.set(number, (compared.get(number) ?? 0) + changed.length);
    if (!isMore) waiting.delete(number);
  }
  expect([...compared]).toEqual([
    [1, count],
    [2, count],
  ]);

  inspector.ask({ type: 'compare', number: 3, id: idOf((await client.newSession()) as Token) });
  await inspector.handled();
  clock.advance(gatherMs);
  await client.ask(`{"KV_SET":{"tkn":"${large}","keys":{"k0":"new"}}}`);
  clock.advance(gatherMs);
  const numbers = [(await nextKeys()).number, (await nextKeys()).number];
  expect(new Set(numbers)).toEqual(new Set([2, 3]));
});
