import { afterEach, expect, test, vi } from 'vitest';
import { whyNoRedis } from '../../test/server/whyNoRedis.ts';
import { ask } from './redisNodes.ts';
import { startServerProcess } from './serverProcess.ts';
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

test.skipIf(whyNoRedis)('servers on a cluster have a session when its master is lost', async () => {
  const cluster = await startRedisCluster();
  closings.push(cluster.close);
  expect(cluster.nodes).toHaveLength(6);
  const [one, other] = [await start(cluster.url), await start(cluster.url)];
  const { basket } = await one.seed({ basket: { qty: 2 } });
  const master = await cluster.masterOf(basket);
  const key = `{sd${BigInt(basket.token) % 1024n}}${basket.token}`;
  expect(await ask(master.port, 'EXISTS', key)).toBe('1');
  await master.kill();
  const there = other.connect({ timeoutMs: 60_000 }).session(basket.token);
  expect(await there.get(['qty'])).toEqual({ qty: 2 });
  expect(cluster.nodes).toContain(await cluster.masterOf(basket.token));
  expect(await cluster.masterOf(basket.token)).not.toBe(master);
  await master.restart();
  await cluster.untilWhole();
  expect(await ask(master.port, 'ROLE')).toMatch(/^slave/);
});

test.skipIf(whyNoRedis)('a cluster may have no replicas', async () => {
  const cluster = await startRedisCluster({ replicas: 0 });
  closings.push(cluster.close);
  expect(cluster.nodes).toHaveLength(3);
  await cluster.close();
  await expect(ask(cluster.nodes[0]?.port ?? 0, 'PING')).rejects.toThrow('Connection refused');
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
