import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Client } from '../client.ts';
import { ExactNumber } from '../exactNumber.ts';
import { startServer, type ServerOptions } from './startServer.ts';
import type { TestServer } from './testServer.ts';

const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options?: ServerOptions): Promise<TestServer> {
  const server = await startServer(options);
  servers.push(server);
  return server;
}

const named = (name: string) => ({ name, expiry: { seconds: 60 } });

/** Waits until the client is connected. */
async function connected(client: Client): Promise<Client> {
  await client.call('SV_INFO', {});
  return client;
}

test('a server answers clients on a port of its own', async () => {
  const [one, other] = [await start(), await start()];
  const cart = await one.connect().newSession({ name: 'cart' });
  await cart.set({ qty: 2 });
  expect(await cart.get(['qty'])).toEqual({ qty: 2 });
  expect(one.url).not.toBe(other.url);
  expect(await other.hasEnded(cart)).toBe(true);
  expect((await fetch(`${one.url}/healthz`)).status).toBe(200);
});

test.each([
  ['apart', (port: string) => ['--port', port]],
  ['with =', (port: string) => [`--port=${port}`]],
])('a port among its flags does not count, written %s', async (_, flagsOf) => {
  const one = await start();
  const { port } = new URL(one.url);
  const other = await start({ flags: flagsOf(port) });
  expect(new URL(other.url).port).not.toBe(port);
});

test('a wrong flag is refused with what is wrong', async () => {
  await expect(startServer({ flags: ['--prot', '1'] })).rejects.toThrow("Unknown option '--prot'");
  await expect(startServer({ flags: ['--help'] })).rejects.toThrow('do not start a server');
});

test('seeded sessions are there, with their keys and in their order', async () => {
  const server = await start();
  const { basket, empty } = await server.seed(
    { basket: { qty: 2, big: 14247375118774737462n }, empty: {} },
    { expiry: { seconds: 60 }, shared: true },
  );
  const client = server.connect();
  expect((await client.openSession('basket'))?.token).toBe(basket.token);
  expect((await basket.get(['big'])).big).toEqual(new ExactNumber('14247375118774737462'));
  expect((await client.session(empty.token).info()).expiry?.seconds).toBe(60);
});

test('time passes when a test lets it pass', async () => {
  const server = await start({ clock: 'stopped' });
  const { basket } = await server.seed({ basket: { qty: 2 } }, { expiry: { seconds: 60 } });
  await server.clock.advance(59_999);
  expect(await server.hasEnded(basket)).toBe(false);
  expect((await basket.info()).expiry?.remainingSeconds).toBe(0);
  await server.clock.advance(1);
  expect(await server.hasEnded(basket)).toBe(true);
});

test('a running clock can be moved on as well, and never back', async () => {
  const server = await start();
  const { basket } = await server.seed({ basket: {} }, { expiry: { seconds: 60 } });
  const before = server.clock.now.getTime();
  await server.clock.advance(60_000);
  expect(server.clock.now.getTime() - before).toBeGreaterThanOrEqual(60_000);
  expect(await server.hasEnded(basket)).toBe(true);
  await expect(server.clock.advance(-1)).rejects.toThrow(RangeError);
});

test('tokens of the same seed are the same', async () => {
  const tokens = async (options: ServerOptions) => {
    const { one, two } = await (await start(options)).seed({ one: {}, two: {} });
    return [one.token, two.token];
  };
  const first = await tokens({ seed: 7 });
  expect(new Set(first).size).toBe(2);
  expect(await tokens({ seed: 7 })).toEqual(first);
  expect(await tokens({ seed: 8 })).not.toEqual(first);
  expect(await tokens({})).not.toEqual(first);
});

test('servers start from a snapshot, and do not share what becomes of it', async () => {
  const made = await start({ clock: 'stopped' });
  const { basket } = await made.seed(
    { basket: { qty: 2, ['__proto__']: [1.0, '"'] } },
    { expiry: { seconds: 60 } },
  );
  const snapshot = await made.snapshot();
  await basket.end();
  expect(snapshot.sessionCount).toBe(1);
  const one = (await start({ from: snapshot })).connect().session(basket.token);
  await one.set({ qty: 3 });
  const other = (await start({ from: snapshot, data: true })).connect().session(basket.token);
  expect((await other.get(['qty'])).qty).toBe(2);
  expect((await other.info()).expiry?.seconds).toBe(60);
});

test.each([undefined, true] as const)(
  'time stands still in a snapshot, and what is left of it passes then (data: %s)',
  async (data) => {
    const made = await start({ clock: 'stopped' });
    const { basket } = await made.seed({ basket: {} }, { expiry: { seconds: 60 } });
    const { code } = await made.seed(
      { code: { n: 1 } },
      { expiry: { seconds: 50, endSession: false } },
    );
    await made.clock.advance(40_000);
    const snapshot = await made.snapshot();
    await made.clock.advance(100_000);
    const server = await start({ from: snapshot, clock: 'stopped', ...(data && { data }) });
    const left = async () => (await server.connect().session(basket.token).info()).expiry;
    expect(await left()).toMatchObject({ seconds: 60, remainingSeconds: 20 });
    await server.clock.advance(15_000);
    expect(await server.connect().session(code.token).keys()).toEqual([]);
    await server.reset(snapshot);
    expect(await left()).toMatchObject({ seconds: 60, remainingSeconds: 20 });
    expect(await server.connect().session(code.token).keys()).toEqual(['n']);
    await server.clock.advance(20_000);
    expect(await server.hasEnded(basket)).toBe(true);
  },
);

test('what clients sent is kept, and what the kit asked is not', async () => {
  const server = await start();
  const { basket } = await server.seed({ basket: {} });
  const session = server.connect().session(basket.token);
  await session.set({ qty: 3, big: 14247375118774737462n });
  await session.setQuietly({ note: 'x' });
  const [set, quiet] = server.received;
  expect(server.received.map(({ command }) => command)).toEqual(['KV_SET', 'KV_SETQ', 'SV_INFO']);
  expect(set?.params).toMatchObject({ tkn: expect.anything(), keys: { qty: 3 } });
  expect(set?.reply).toContain('"qty":20');
  expect(quiet?.reply).toBe(null);
  expect(server.hasReceived('KV_SET', { keys: { qty: 3 } })).toBe(true);
  expect(server.hasReceived('KV_SET', { keys: { big: 14247375118774737462n } })).toBe(true);
  expect(server.hasReceived('KV_SET', { keys: { qty: 4 } })).toBe(false);
  expect(server.hasReceived('KV_SET', { keys: { qty: expect.any(Number) } })).toBe(true);
  expect(server.hasReceived('KV_GET')).toBe(false);
});

test('a reset leaves an empty server on the same port', async () => {
  const server = await start();
  const stays = await connected(server.connect());
  await server.seed({ basket: {} });
  server.faults.next('SV_INFO', { status: 'LimitReached' });
  await server.reset();
  expect(await server.snapshot()).toMatchObject({ sessionCount: 0 });
  expect([server.received, server.log, server.faults.left]).toEqual([[], [], 0]);
  await expect(stays.call('SV_INFO', {})).rejects.toMatchObject({ reason: 'closed' });
});

test('a reset fills a server from a snapshot', async () => {
  const server = await start();
  const { basket } = await server.seed({ basket: { qty: 2 } });
  const filled = await server.snapshot();
  const { other } = await server.seed({ other: {} });
  await basket.set({ qty: 3 });
  await server.reset(filled);
  expect(await server.hasEnded(other)).toBe(true);
  expect(await basket.get(['qty'])).toEqual({ qty: 2 });
});

test('the log says what was asked, and no token', async () => {
  const server = await start();
  const cart = await server.connect().newSession(named('cart'));
  expect(server.log.join('\n')).toMatch(/debug SH_NEW → Ok/);
  expect(server.log.join('\n')).not.toContain(cart.token);
});

test('a directory of its own goes with the server, also with one that cannot start', async () => {
  const place = mkdtempSync(join(tmpdir(), 'seshdeck-kit-'));
  try {
    vi.stubEnv('TMPDIR', place);
    const server = await start({ data: true });
    expect(readdirSync(place)).toHaveLength(1);
    await server.close();
    expect(readdirSync(place)).toEqual([]);
    const failed = startServer({ data: true, flags: ['--max-keys', 'x'] });
    await expect(failed).rejects.toThrow('--max-keys');
    expect(readdirSync(place)).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
    rmSync(place, { recursive: true });
  }
});

test('what is stored in a given directory is there at the next start, and stays', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'seshdeck-kit-'));
  try {
    const first = await start({ data: directory });
    const { basket } = await first.seed({ basket: { qty: 2 } });
    await first.close();
    const second = await start({ data: directory });
    expect(await second.connect().session(basket.token).get(['qty'])).toEqual({ qty: 2 });
    await second.close();
    expect(existsSync(directory)).toBe(true);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a server is closed once, with its clients', async () => {
  const server = await start();
  const client = await connected(server.connect());
  await Promise.all([server.close(), server[Symbol.asyncDispose]()]);
  await expect(client.call('SV_INFO', {})).rejects.toMatchObject({ reason: 'closed' });
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});
