import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { whyNoRedis } from '../../test/server/whyNoRedis.ts';
import { ask } from './redisNodes.ts';
import { startServerProcess } from './serverProcess.ts';
import type { TestRedis } from './startRedis.ts';
import { startRedisCluster } from './startRedisCluster.ts';

// Each starts six processes or more, which takes long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
  vi.unstubAllEnvs();
});

async function start(url: string) {
  // An election takes longer on a busy machine.
  const flags = ['--store-wait', '60000'];
  const server = await startServerProcess({ data: url, flags, startTimeoutMs: 60_000 });
  closings.push(() => server.close());
  return server;
}

/** Of a session, in Redis. */
const keyOf = (token: string) => `{sd${BigInt(token) % 1024n}}${token}`;

test.skipIf(whyNoRedis)('servers on a cluster have a session when its master is lost', async () => {
  const cluster = await startRedisCluster();
  closings.push(cluster.close);
  expect(cluster.nodes).toHaveLength(6);
  const [one, other] = [await start(cluster.url), await start(cluster.url)];
  const names = Array.from({ length: 12 }, (_, n) => [`session ${n}`, { n }] as const);
  const seeded = await one.seed({ basket: { qty: 2 }, ...Object.fromEntries(names) });
  for (const session of Object.values(seeded)) {
    const { port } = await cluster.masterOf(session);
    expect(await ask(port, 'EXISTS', keyOf(session.token))).toBe('1');
  }
  const { basket } = seeded;
  const master = await cluster.masterOf(basket);
  await master.kill();
  const there = other.connect({ timeoutMs: 60_000 }).session(basket.token);
  expect(await there.get(['qty'])).toEqual({ qty: 2 });
  expect(cluster.nodes).toContain(await cluster.masterOf(basket.token));
  expect(await cluster.masterOf(basket.token)).not.toBe(master);
  await master.restart();
  await cluster.untilWhole();
  const replication = await ask(master.port, 'INFO', 'replication');
  expect(replication).toMatch(/role:slave[^]*master_link_status:up/);
});

test.skipIf(whyNoRedis)(
  'a cluster may have no replicas, nodes with flags, and one that hangs',
  async () => {
    const cluster = await startRedisCluster({ replicas: 0, flags: ['--maxclients', '77'] });
    closings.push(cluster.close);
    expect(cluster.nodes).toHaveLength(3);
    for (const { port } of cluster.nodes) {
      expect(await ask(port, 'CONFIG', 'GET', 'maxclients')).toBe('maxclients\n77');
    }
    const [hanging] = cluster.nodes as [TestRedis];
    hanging.signal('SIGSTOP');
    let isWhole = false;
    const whole = cluster.untilWhole().then(() => (isWhole = true));
    // This waits for its answer, too.
    await expect(ask(hanging.port, 'PING')).rejects.toThrow('Command failed');
    expect(isWhole).toBe(false);
    hanging.signal('SIGCONT');
    await whole;
    await cluster.close();
    for (const { port } of cluster.nodes) {
      await expect(ask(port, 'PING')).rejects.toThrow('Connection refused');
    }
  },
);

test.skipIf(whyNoRedis)('nodes that cannot be a cluster are ended', async () => {
  const place = mkdtempSync(join(tmpdir(), 'seshdeck-no-cluster-'));
  closings.push(async () => rmSync(place, { recursive: true }));
  vi.stubEnv('TMPDIR', place);
  const flags = ['--cluster-enabled', 'no'];
  await expect(startRedisCluster({ flags })).rejects.toThrow('Command failed: redis-cli');
  // Each node has had a folder.
  expect(readdirSync(place)).toEqual([]);
});

test.each([
  [{ masters: 2 }, 'masters must be a whole number from 3 to 16, got 2'],
  [{ replicas: 0.5 }, 'replicas must be a whole number from 0 to 5, got 0.5'],
])('a cluster that cannot be is refused: %o', async (options, message) => {
  await expect(startRedisCluster(options)).rejects.toThrow(new RangeError(message));
});

test('without redis-server the error says how to install it', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await expect(startRedisCluster()).rejects.toThrow(
    'startRedisCluster needs redis-server 7 or later on the PATH: apt-get install redis-server',
  );
});
