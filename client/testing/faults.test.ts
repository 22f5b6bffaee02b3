import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Client } from '../client.ts';
import { startServer, type ServerOptions } from './startServer.ts';
import type { TestServer } from './testServer.ts';

const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function startWithCart(options?: ServerOptions) {
  const server = await startServer(options);
  servers.push(server);
  const { cart } = await server.seed({ cart: { qty: 1 } });
  const client = server.connect({ reconnect: { minMs: 1, maxMs: 2 } });
  return { server, cart, client, session: client.session(cart.token) };
}

/** How the connection of a client ends next. */
async function endOf(client: Client) {
  for await (const event of client.status()) if (event.type === 'disconnected') return event;
  throw new Error('The client was closed');
}

test('a status refuses the next command of a name, and changes nothing', async () => {
  const { server, session } = await startWithCart();
  server.faults.next('KV_SET', { status: 'LimitReached' });
  expect(server.faults.left).toBe(1);
  await expect(session.set({ qty: 2 })).rejects.toMatchObject({ status: 'LimitReached' });
  expect(await session.get(['qty'])).toEqual({ qty: 1 });
  await session.set({ qty: 3 });
  expect(server.faults.left).toBe(0);
});

test('after and times say which commands it is', async () => {
  const { server, session } = await startWithCart();
  server.faults.next('KV_COUNT', { status: 'ReadOnly', after: 1, times: 2 });
  const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => session.count()));
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ]);
});

test('a fault can be that of one connection', async () => {
  const { server, client, session, cart } = await startWithCart();
  await client.call('SV_INFO', {});
  const other = server.connect().session(cart.token);
  server.faults.next('KV_COUNT', { status: 'ReadOnly', connection: 2 });
  expect(await session.count()).toBe(1);
  await expect(other.count()).rejects.toMatchObject({ status: 'ReadOnly' });
});

test('a late reply comes when the server has so much time behind it', async () => {
  const { server, cart, session } = await startWithCart({ clock: 'stopped' });
  server.faults.next('KV_SET', { delayMs: 200 });
  let isThere = false;
  const set = session.set({ qty: 2 }).then(() => (isThere = true));
  // It is carried out at once.
  while (!server.hasReceived('KV_SET')) await setImmediate();
  expect(await cart.get(['qty'])).toEqual({ qty: 2 });
  await server.clock.advance(199);
  expect(isThere).toBe(false);
  await server.clock.advance(1);
  await set;
});

test('a lost request is not carried out, and a lost reply is', async () => {
  const { server, session, cart } = await startWithCart();
  server.faults.next('KV_SET', { drop: 'request' });
  await expect(session.set({ qty: 2 })).rejects.toMatchObject({ name: 'OutcomeUnknownError' });
  expect(await cart.get(['qty'])).toEqual({ qty: 1 });
  server.faults.next('KV_SET', { drop: 'reply' });
  await expect(session.set({ qty: 3 })).rejects.toMatchObject({ reason: 'disconnected' });
  expect(await cart.get(['qty'])).toEqual({ qty: 3 });
});

test.each([1012, 1013, 1006, 4000])('connections are cut with code %i', async (code) => {
  const { server, client } = await startWithCart();
  await client.call('SV_INFO', {});
  server.faults.cut({ code, reason: 'maintenance' });
  const reason = code === 1006 ? '' : 'maintenance';
  expect(await endOf(client)).toMatchObject({ code, reason });
});

test('only the connection of a number is cut', async () => {
  const { server, client } = await startWithCart();
  await client.call('SV_INFO', {});
  const other = server.connect();
  await other.call('SV_INFO', {});
  server.faults.cut({ connection: 1 });
  await endOf(client);
  await client.call('SV_INFO', {});
  await other.call('SV_INFO', {});
  expect(server.received.map(({ connection }) => connection)).toEqual([1, 2, 3, 2]);
});

test('a full disk refuses changes until it is mended', async () => {
  const { server, session } = await startWithCart({ data: true });
  server.faults.disk('ENOSPC');
  await expect(session.set({ qty: 2 })).rejects.toMatchObject({ status: 'StoreUnavailable' });
  expect(await session.get(['qty'])).toEqual({ qty: 1 });
  server.faults.disk(undefined);
  await server.clock.advance(60_000);
  await expect.poll(() => session.set({ qty: 2 }).catch(() => undefined)).toBeTruthy();
});

test('a fault that cannot be is refused', async () => {
  const { server } = await startWithCart();
  const { faults } = server;
  // @ts-expect-error -- there is no such command
  expect(() => faults.next('KV_NOPE', { drop: 'reply' })).toThrow('There is no command KV_NOPE');
  // @ts-expect-error -- nor such a status
  expect(() => faults.next('KV_SET', { status: 'Nope' })).toThrow('There is no status Nope');
  expect(() => faults.next('KV_SET', {})).toThrow('needs delayMs, status or drop');
  expect(() => faults.next('KV_SET', { delayMs: -1 })).toThrow(RangeError);
  expect(() => faults.next('KV_SET', { drop: 'reply', times: 0 })).toThrow(RangeError);
  expect(() => faults.next('KV_SET', { drop: 'reply', after: 0.5 })).toThrow(RangeError);
  expect(() => faults.cut({ code: 1005 })).toThrow('1005 is no close code');
  expect(() => faults.disk('EIO')).toThrow('start it with data');
  expect(faults.left).toBe(0);
});
