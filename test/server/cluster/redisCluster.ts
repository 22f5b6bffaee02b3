import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startRedis, type RedisServer } from '../redisServer.ts';

const run = promisify(execFile);

/** For tests and development: three masters, each with a replica, on this machine. */
export interface RedisCluster {
  readonly servers: readonly RedisServer[];
  /** For `--store`. */
  readonly url: string;
  /** The server that has the slot of a key. */
  masterOf: (key: string) => Promise<RedisServer>;
  stop: () => Promise<void>;
}

const servers = 6;

/** As the nodes of a cluster are set up: a node that does not answer for so long is replaced. */
const nodeTimeoutMs = 2_000;

const flags =
  `--cluster-enabled yes --cluster-node-timeout ${nodeTimeoutMs} --cluster-require-full-coverage no --repl-diskless-sync-delay 0`.split(
    ' ',
  );

export async function startRedisCluster(): Promise<RedisCluster> {
  const started = await Promise.all(Array.from({ length: servers }, () => startRedis(flags)));
  const stop = async () => {
    await Promise.all(started.map(async (server) => server.stop()));
  };
  try {
    const [first] = started;
    const port = first?.port ?? 0;
    const nodes = started.map((server) => `127.0.0.1:${server.port}`);
    const create = ['--cluster', 'create', ...nodes, '--cluster-replicas', '1', '--cluster-yes'];
    await run('redis-cli', create);
    await untilReplicated(started);
    return {
      servers: started,
      url: `redis://${nodes.join(',')}`,
      masterOf: async (key) => {
        const slot = Number(await ask(port, 'CLUSTER', 'KEYSLOT', key));
        const owner = await ownerOf(port, slot);
        const server = started.find((each) => each.port === owner);
        if (!server) throw new Error(`No node has slot ${slot}`);
        return server;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ask(port: number, ...command: string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', String(port), ...command]);
  return stdout.trim();
}

/** Port of the master that has a slot. */
async function ownerOf(port: number, slot: number): Promise<number | undefined> {
  const nodes = (await ask(port, 'CLUSTER', 'NODES')).split('\n');
  const owner = nodes.find((line) =>
    line
      .split(' ')
      .slice(8)
      .some((range) => {
        const [from = '', to = from] = range.split('-');
        return slot >= Number(from) && slot <= Number(to);
      }),
  );
  return owner === undefined ? undefined : Number(/:(\d+)@/.exec(owner)?.[1]);
}

async function untilReplicated(started: readonly RedisServer[]): Promise<void> {
  for (const { port } of started) {
    while (
      !/connected_slaves:[1-9]|master_link_status:up/.test(await ask(port, 'INFO', 'replication'))
    ) {
      await wait(50);
    }
    while (!(await ask(port, 'CLUSTER', 'INFO')).includes('cluster_state:ok')) await wait(50);
  }
}
