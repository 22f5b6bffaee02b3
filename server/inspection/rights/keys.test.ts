import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fullRights, type Rights } from '../../../protocol/inspection/rights.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { startTestServer, type TestServer } from '../../../test/server/testServer.ts';
import type { NamedKey } from './grant.ts';

let clock: FakeClock;
let server: TestServer;
const inspectors: Inspector[] = [];

beforeEach(async () => {
  clock = new FakeClock();
  const flags = ['--inspect-keys', 'keys.json', '--inspect-key-file', 'key.txt'];
  server = await startTestServer(flags, { clock, limits: { refusalDelayMs: 1 } });
});
afterEach(async () => {
  for (const inspector of inspectors.splice(0)) inspector.terminate();
  await server.stop();
});

function keyOf(name: string, rights: Rights, secret = `the key of ${name}`): NamedKey {
  return { name, sha256: createHash('sha256').update(secret).digest('hex'), rights };
}

const renew = (...keys: NamedKey[]) => server.server.renewInspectionKeys(keys);

async function open(secret: string): Promise<Inspector> {
  const inspector = await Inspector.openWithKey(server, secret);
  inspectors.push(inspector);
  return inspector;
}

/** Asks for one. @returns The status of the answer. */
async function backup(secret: string): Promise<number> {
  const headers = { Authorization: `Bearer ${secret}` };
  const { status } = await fetch(`${server.url}/inspect/backup`, { method: 'HEAD', headers });
  return status;
}

const looking: Rights = { may: ['look'], prefix: '' };

test('each key opens the socket with its own rights, the single key with all', async () => {
  renew(keyOf('support', looking), keyOf('operations', fullRights));
  const hello = async (secret: string) => (await (await open(secret)).next('hello')).rights;
  expect(await hello('the key of support')).toEqual(looking);
  expect(await hello('the key of operations')).toEqual(fullRights);
  expect(await hello('a key of sixteen characters or more')).toEqual(fullRights);
});

test('a key that is removed, or is another now, is cut off; the others stay', async () => {
  renew(keyOf('a', looking), keyOf('b', looking), keyOf('c', looking));
  const [a, b, c] = [
    await open('the key of a'),
    await open('the key of b'),
    await open('the key of c'),
  ];
  const own = await open('a key of sixteen characters or more');
  renew(keyOf('b', looking, 'another key of b'), keyOf('c', looking));
  expect([await a.closed, await b.closed]).toEqual([1008, 1008]);
  clock.advance(0);
  for (const stays of [c, own]) {
    await stays.next('hello');
    await stays.next('sessions');
    stays.ask({ type: 'cut', connection: 9, reason: '' });
  }
  expect(await c.next('refused')).toMatchObject({ request: 'cut', right: 'end', connection: 9 });
  expect(await own.next('cut')).toMatchObject({ wasOpen: false });
  expect(await backup('the key of a')).toBe(401);
});

test('a backup needs a key that may see all values', async () => {
  const values: Rights = { may: ['look', 'values'], prefix: '' };
  renew(keyOf('a', looking), keyOf('b', { ...values, prefix: 'shop-' }), keyOf('c', values));
  expect(await backup('the key of a')).toBe(403);
  expect(await backup('the key of b')).toBe(403);
  expect(await backup('the key of c')).toBe(200);
});
