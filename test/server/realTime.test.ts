import { expect, test } from 'vitest';
import { startTestServer } from './testServer.ts';

const durationMs = 1000;

/** Asks until the answer is another one. @returns It, and how long after `sinceMs` it came. */
async function watch(ask: () => Promise<string>, sinceMs: number) {
  const first = await ask();
  let reply = first;
  while (reply === first) reply = await ask();
  return { reply, atMs: performance.now() - sinceMs };
}

test('a session of one second is there before it is over and gone after', async () => {
  const server = await startTestServer();
  const client = await server.connect();
  const askedMs = performance.now();
  const tkn = await client.newSession('{"name":"a","expiry":{"duration":1,"deleteSession":true}}');
  const ask = () => client.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
  const { reply, atMs } = await watch(ask, askedMs);
  expect(reply).toBe(`{"KV_COUNT_RSP":{"st":100,"tkn":"${tkn}","m":""}}`);
  // Never early: the session was created after the clock was read here.
  expect(atMs).toBeGreaterThanOrEqual(durationMs);
  await server.stop();
});

test('a session that stays loses its keys after each second, and no sooner', async () => {
  const server = await startTestServer();
  const client = await server.connect();
  const askedMs = performance.now();
  const tkn = await client.newSession('{"name":"a","expiry":{"duration":1,"deleteSession":false}}');
  const ask = () => client.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
  for (const term of [1, 2]) {
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1}}}`);
    const { reply, atMs } = await watch(ask, askedMs);
    expect(reply).toBe(`{"KV_COUNT_RSP":{"st":1,"cnt":0,"tkn":"${tkn}"}}`);
    expect(atMs).toBeGreaterThanOrEqual(term * durationMs);
  }
  await server.stop();
});
