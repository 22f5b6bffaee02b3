import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterEach, expect, test, vi } from 'vitest';
import { whyNoRedis } from '../../test/server/whyNoRedis.ts';
import { freePort } from './freePort.ts';
import { ask } from './redisNodes.ts';
import { startServerProcess, type ServerProcessOptions } from './serverProcess.ts';
import { startOn, startRedis } from './startRedis.ts';

// Each starts a process or two, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
  vi.unstubAllEnvs();
});

async function start(options?: ServerProcessOptions) {
  const server = await startServerProcess({ startTimeoutMs: 60_000, ...options });
  closings.push(() => server.close());
  return server;
}

test('a server in a separate process has seeded sessions, a log and its flags', async () => {
  const server = await start({ flags: ['--max-keys', '1'] });
  const { basket } = await server.seed({ basket: { qty: 2 } });
  const session = server.connect().session(basket.token);
  expect(await session.get(['qty'])).toEqual({ qty: 2 });
  await expect(session.set({ other: 1 })).rejects.toMatchObject({ status: 'LimitReached' });
  expect(await server.hasEnded(basket)).toBe(false);
  await basket.end();
  expect(await server.hasEnded(basket)).toBe(true);
  expect(server.log.join('\n')).toContain(server.url);
});

test('a port among its flags does not count', async () => {
  const one = await start();
  const { port } = new URL(one.url);
  const other = await start({ flags: ['--port', port] });
  expect(new URL(other.url).port).not.toBe(port);
});

test('a killed server is gone, and can be closed', async () => {
  const server = await start();
  await server.seed({ basket: {} });
  await server.kill();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
  await server.close();
});

test('a wrong flag is refused with what is wrong', async () => {
  await expect(start({ flags: ['--prot', '1'] })).rejects.toThrow("Unknown option '--prot'");
});

test('a start that takes too long is refused with the log', async () => {
  const script = "console.log('Reading much data');setInterval(Date,1000);await new Promise(Date)";
  vi.stubEnv('NODE_OPTIONS', `--import data:text/javascript,${encodeURIComponent(script)}`);
  await expect(start({ startTimeoutMs: 2_000 })).rejects.toThrow(
    'The start has taken longer than 2000 ms. It has printed:\nReading much data',
  );
});

test.each(['close', 'kill'] as const)(
  'what is stored in a directory is there after %s and another start',
  async (how) => {
    const data = mkdtempSync(join(tmpdir(), 'seshdeck-kit-'));
    closings.push(async () => rmSync(data, { recursive: true }));
    const first = await start({ data });
    const { basket } = await first.seed({ basket: { qty: 2 } });
    await basket.set({ qty: 3, big: 14247375118774737462n });
    await first[how]();
    const second = await start({ data });
    const found = await second.connect({ numbers: 'bigint' }).session(basket.token).find('$');
    expect(found).toEqual({ qty: 3, big: 14247375118774737462n });
  },
);

test('a server does not outlive the process that started it', async () => {
  const kit = JSON.stringify(new URL('main.ts', import.meta.url).href);
  const code = `const { startServerProcess } = await import(${kit});
    console.log((await startServerProcess({ startTimeoutMs: 60_000 })).url); setInterval(() => {}, 1000);`;
  const starter = spawn(execPath, ['--import', 'tsx', '--input-type=module', '-e', code]);
  const [printed] = (await once(starter.stdout, 'data')) as [Buffer];
  const url = `${printed.toString().trim()}/healthz`;
  expect((await fetch(url)).status).toBe(200);
  starter.kill('SIGKILL');
  await vi.waitFor(() => expect(fetch(url)).rejects.toThrow('fetch failed'), 10_000);
});

test.skipIf(whyNoRedis)('two servers share a Redis', async () => {
  const redis = await startRedis();
  closings.push(redis.close);
  const [one, other] = [await start({ data: redis.url }), await start({ data: redis.url })];
  const { basket } = await one.seed({ basket: { qty: 2 } });
  expect(await other.connect().session(basket.token).get(['qty'])).toEqual({ qty: 2 });
});

test.skipIf(whyNoRedis)('a port among the flags of Redis does not count', async () => {
  const one = await startRedis();
  closings.push(one.close);
  const other = await startRedis({ flags: ['--port', String(one.port), '--bind', '0.0.0.0'] });
  closings.push(other.close);
  expect(other.port).not.toBe(one.port);
  expect(await ask(other.port, 'CONFIG', 'GET', 'bind')).toBe('bind\n127.0.0.1');
});

test.skipIf(whyNoRedis)(
  'a Redis whose port is taken before it starts gets another one',
  async () => {
    const first = await startRedis();
    closings.push(first.close);
    const ports = [first.port, first.port, await freePort()];
    const second = await startOn(async () => Promise.resolve(ports.shift() ?? 0), {});
    closings.push(second.close);
    expect(ports).toEqual([]);
    expect(await ask(second.port, 'PING')).toBe('PONG');
    const taken = startOn(async () => Promise.resolve(first.port), {});
    await expect(taken).rejects.toThrow('Address already in use');
  },
);

test('without redis-server the error says how to install it', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await expect(startRedis()).rejects.toThrow('apt-get install redis-server');
});
