import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf, type TestedClient } from '../test/client/clientOf.ts';
import { FakeClock } from '../test/server/fakeClock.ts';
import { startTestServer, type TestServer } from '../test/server/testServer.ts';
import type { SessionChange } from './watch.ts';

/** As the server of a test reads it from its file. */
const inspectionKey = 'a key of sixteen characters or more';

let server: TestServer;
let serverClock: FakeClock;
const open: TestedClient[] = [];

beforeEach(async () => {
  serverClock = new FakeClock();
  server = await startTestServer(['--inspect-key-file', 'key'], { clock: serverClock });
});

afterEach(async () => {
  await Promise.all(open.splice(0).map(({ client }) => client.close()));
  await server.stop();
});

function connectTo(key?: string) {
  const options = key === undefined ? {} : { inspectionKey: key };
  const tested = clientOf(`ws://127.0.0.1:${server.port}`, options);
  open.push(tested);
  return tested.client;
}

/** The next change; the server sends as its clock advances. */
async function next(changes: AsyncGenerator<SessionChange, void>): Promise<SessionChange | void> {
  let result: IteratorResult<SessionChange, void> | undefined;
  const waiting = changes.next().then((found) => (result = found));
  while (result === undefined) {
    serverClock.advance(50);
    const turn = new Promise((resolve) => {
      setImmediate(resolve);
    });
    await Promise.race([waiting, turn]);
  }
  return (await waiting).value;
}

test('a watch shows what is there, then each change, then the end', async () => {
  const db = connectTo(inspectionKey);
  const session = await db.newSession({ name: 'cart' });
  const large = 'x'.repeat(70_000);
  await session.set({ qty: 1, big: 14247375118774737462n });
  const changes = session.watch();
  const big = expect.objectContaining({ text: '14247375118774737462' });
  const first = { type: 'keys', isWhole: true, changed: { qty: 1, big }, removed: [] };
  expect(await next(changes)).toEqual(first);

  const other = connectTo().session(session.token);
  await other.set({ qty: 2 });
  await other.remove(['big']);
  const second = { type: 'keys', isWhole: false, changed: { qty: 2 }, removed: ['big'] };
  expect(await next(changes)).toEqual(second);

  // A long value is fetched, and comes as soon as it is there.
  await other.set({ large });
  const found: Record<string, unknown> = {};
  while (!('large' in found)) {
    const change = await next(changes);
    if (change?.type === 'keys') Object.assign(found, change.changed);
  }
  expect(found).toEqual({ large });

  await other.end();
  expect(await next(changes)).toEqual({ type: 'ended' });
  expect(await next(changes)).toBeUndefined();
});

test('a session that does not exist has ended', async () => {
  const changes = connectTo(inspectionKey).session('7').watch();
  expect(await next(changes)).toEqual({ type: 'ended' });
});

test.each([
  [undefined, 'watch needs an inspectionKey in connect'],
  ['another key of sixteen characters', 'The inspection socket cannot be opened'],
])('with the key %s it says why it cannot be', async (key, message) => {
  const changes = connectTo(key).session('7').watch();
  await expect(next(changes)).rejects.toThrow(message);
});

test('it ends with its signal', async () => {
  const db = connectTo(inspectionKey);
  const session = await db.newSession({ name: 'cart' });
  const stop = new AbortController();
  const changes = session.watch({ signal: stop.signal });
  await next(changes);
  stop.abort(new Error('Enough'));
  await expect(next(changes)).rejects.toThrow('Enough');
});
