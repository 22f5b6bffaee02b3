import { openCaller, runSlice, senderOf, type Caller } from '../server/load/callers.ts';
import { loadClient } from '../server/store/cluster/loadClient.ts';
import { startRedisCluster, type RedisCluster } from '../test/server/cluster/redisCluster.ts';
import { startRedis } from '../client/testing/startRedis.ts';
import { whyNoRedis } from '../test/server/whyNoRedis.ts';
import { measureFailovers } from './failoverRows.ts';
import { fillHashes, fillSessions, sessionCount } from './memoryRows.ts';
import { paced } from './pace.ts';
import { measureDuels, type Duel } from './pairs.ts';
import { redisRate } from './redisBenchmark.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const connections = 50;
const inFlight = 16;
const valueBytes = 32;
const rounds = paced(7, 3);
const sliceMs = paced(1_000, 400);
const warmUpMs = paced(2_000, 500);
const requests = paced(200_000, 60_000);
const kinds = ['KV_SET', 'KV_GET'] as const;

/** Several machines: three masters, three replicas, one server and two, all on this one. */
export async function measureCluster(bundle: string): Promise<Row[]> {
  return onCluster(async (cluster) => {
    const flags = ['--store', cluster.url];
    const servers = [await startOne(bundle, flags), await startOne(bundle, flags)];
    const memory = await startOne(bundle, ['--memory']);
    const rates = await measureRates(cluster, servers, memory);
    await Promise.all([memory, ...servers].map((server) => server.stop()));
    return [...rates, await measureRedisMemory(bundle)];
  });
}

/** How long clients wait when a master is lost. */
export async function measureFailover(bundle: string): Promise<Row[]> {
  return onCluster(async (cluster) => {
    const server = await startOne(bundle, ['--store', cluster.url]);
    const rows = await measureFailovers(cluster, server.port);
    await server.stop();
    return rows;
  });
}

async function onCluster(measure: (cluster: RedisCluster) => Promise<Row[]>): Promise<Row[]> {
  if (whyNoRedis !== undefined) {
    process.stdout.write(`Left out: the cluster ${whyNoRedis}.\n`);
    return [];
  }
  const cluster = await startRedisCluster();
  try {
    return await measure(cluster);
  } finally {
    await cluster.stop();
  }
}

function startOne(bundle: string, flags: readonly string[]): Promise<ServerProcess> {
  return startServer([bundle, '--port', '0', '--log-level', 'error', ...flags]);
}

async function measureRates(
  { servers: nodes }: RedisCluster,
  servers: readonly ServerProcess[],
  memory: ServerProcess,
): Promise<Row[]> {
  const ports = servers.map(({ port }) => port);
  const one = await callersOf(ports.slice(0, 1));
  const two = await callersOf(ports);
  const inMemory = await callersOf([memory.port]);
  const nodePort = nodes[0]?.port ?? 0;
  const rows: Omit<Row, 'ours' | 'plain'>[] = [];
  const duels: Duel<number>[] = [];
  const shape = `${connections} × ${inFlight}`;
  for (const command of kinds) {
    const [byOne, byTwo, byMemory] = [one, two, inMemory].map(
      (callers) => () => rateOf(callers, command),
    ) as [() => Promise<number>, () => Promise<number>, () => Promise<number>];
    for (const rate of [byOne, byTwo, byMemory]) await rate();
    const redis = () => redisRate(nodePort, command, { requests, valueBytes });
    const plainCommand = command === 'KV_SET' ? 'HSET' : 'HGET';
    const what = `${command}, ${shape}, cluster`;
    const unit = 'replies/s';
    rows.push(
      { what: `${what}, one server`, unit, plainIs: `redis-benchmark ${plainCommand}` },
      { what: `${what}, one server`, unit, plainIs: 'our memory store' },
      { what: `${what}, two servers`, unit, plainIs: 'one server on the cluster' },
    );
    duels.push(
      { ours: byOne, plain: redis },
      { ours: byOne, plain: byMemory },
      { ours: byTwo, plain: byOne },
    );
  }
  const found = await measureDuels(duels, rounds);
  for (const { client } of [...one, ...two, ...inMemory]) client.close();
  return rows.map((row, at) => ({ ...row, ...figuresOf(found[at] ?? [], (rate) => rate) }));
}

/** So many connections, shared out among the servers. */
async function callersOf(ports: readonly number[]): Promise<Caller[]> {
  const callers: Caller[] = [];
  while (callers.length < connections) {
    const port = ports[callers.length % ports.length] ?? 0;
    callers.push(await openCaller(port, { name: 'bench', valueBytes }));
  }
  return callers;
}

let hasWarmedUp = 0;

/** @returns Replies a second. */
async function rateOf(
  callers: readonly Caller[],
  command: (typeof kinds)[number],
): Promise<number> {
  const kind = { command, keys: 1, valueBytes };
  const senders = await Promise.all(callers.map((each) => senderOf(each, kind, inFlight)));
  const isFirst = hasWarmedUp < 3 * kinds.length;
  hasWarmedUp += 1;
  const { replies, seconds } = await runSlice(senders, isFirst ? warmUpMs : sliceMs);
  return replies / seconds;
}

/** Resident bytes of a session in Redis beside a bare hash of the same keys, on a node of its own. */
async function measureRedisMemory(bundle: string): Promise<Row> {
  const redis = await startRedis();
  const { Redis } = await loadClient();
  const admin = new Redis(redis.port, '127.0.0.1');
  const bytes = async () => Number(/^used_memory:(\d+)/m.exec(await admin.info('memory'))?.[1]);
  const server = await startOne(bundle, ['--store', `redis://127.0.0.1:${redis.port}`]);
  const before = await bytes();
  await fillSessions(server.port);
  const ours = ((await bytes()) - before) / sessionCount;
  await server.stop();
  await admin.flushall();
  const empty = await bytes();
  await fillHashes(async (name, entries) => admin.hset(name, entries));
  const plain = ((await bytes()) - empty) / sessionCount;
  admin.disconnect();
  await redis.close();
  return {
    what: 'memory of a session with 5 keys of 50 bytes, in Redis',
    unit: 'bytes',
    ours,
    plain,
    plainIs: 'a hash in Redis',
    goal: { of: 'ratio', atMost: 1.4 },
  };
}
