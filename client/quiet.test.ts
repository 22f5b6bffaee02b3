import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../test/client/clientOf.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { Client } from './client.ts';

let server: TestServer;
let db: Client;

beforeAll(async () => {
  server = await startTestServer(['--max-keys', '1000']);
  db = clientOf(`ws://127.0.0.1:${server.port}`).client;
});

afterAll(async () => {
  await db.close();
  await server.stop();
});

const outcomesOf = async (calls: readonly Promise<unknown>[]) => {
  const settled = await Promise.allSettled(calls);
  return settled.map((each) =>
    each.status === 'fulfilled' ? 'done' : (each.reason as { status?: string; reason?: string }),
  );
};

test('a quiet command settles when a later reply proves it', async () => {
  const session = await db.newSession({ name: 'one' });
  await session.setQuietly({ a: 1 });
  const calls = Array.from({ length: 100 }, (_, n) => session.setQuietly({ [`k${n}`]: n }));
  await Promise.all(calls);
  expect(await session.count()).toBe(101);
});

test('only those that were refused fail, whatever is sent between them', async () => {
  const one = await db.newSession({ name: 'one' });
  const gone = await db.newSession({ name: 'gone' });
  await gone.end();
  const outcomes = await outcomesOf([
    one.setQuietly({ a: 1 }),
    gone.setQuietly({ a: 1 }),
    one.get(['a']),
    one.setQuietly({ b: 1 }),
    gone.get(['a']),
    gone.setQuietly({ b: 1 }),
    gone.setQuietly({ c: 1 }),
    one.setQuietly({ c: 1 }),
  ]);
  const refused = expect.objectContaining({ command: 'KV_SETQ', status: 'SessionNotExist' });
  expect(outcomes).toEqual([
    'done',
    refused,
    'done',
    'done',
    expect.objectContaining({ command: 'KV_GET', status: 'SessionNotExist' }),
    refused,
    refused,
    'done',
  ]);
});

test('where the reply does not say which one was refused, nobody is said to have succeeded or failed', async () => {
  const session = await db.newSession({ name: 'one' });
  const calls = [session.setQuietly({ a: 1 }), session.end(), session.setQuietly({ b: 1 })];
  const late = await outcomesOf([...calls, session.setQuietly({ c: 1 })]);
  const refused = expect.objectContaining({ status: 'SessionNotExist' });
  expect(late).toEqual(['done', 'done', refused, refused]);

  const room = await db.newSession({ name: 'full' });
  const large = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, 0]));
  const full = await outcomesOf([
    room.setQuietly({ a: 1 }),
    room.setQuietly(large),
    room.setQuietly({ b: 1 }),
  ]);
  const unclear = expect.objectContaining({ name: 'OutcomeUnknownError', reason: 'ambiguous' });
  expect(full).toEqual([unclear, unclear, unclear]);
  expect(await room.keys()).toEqual(['a', 'b']);
});

test('KV_ADDQ answers with the keys that were there', async () => {
  const session = await db.newSession({ name: 'one' });
  await session.set({ a: 1 });
  expect(await session.call('KV_ADDQ', { keys: { b: 1 } })).toBeNull();
  expect(
    await session.call('KV_ADDQ', {
      keys: new Map([
        ['a', 2],
        ['c', 3],
      ]),
    }),
  ).toEqual({
    tkn: session.token,
    keys: { a: 'KeyExists' },
  });
});
