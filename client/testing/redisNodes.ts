import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestRedis } from './startRedis.ts';

// Taken now, as a test may put fake timers in their place.
const { setTimeout, performance } = globalThis;

const run = promisify(execFile);

/** A node of a cluster. */
export interface RedisNode extends TestRedis {
  /** The port that the other nodes and servers know it by. */
  readonly knownPort: number;
}

/** As the nodes of a cluster are set up: a node that does not answer for so long is replaced. */
const nodeTimeoutMs = 2_000;

/** What makes a Redis a node. */
export const nodeFlags =
  `--cluster-enabled yes --cluster-node-timeout ${nodeTimeoutMs} --cluster-require-full-coverage no --repl-diskless-sync-delay 0`.split(
    ' ',
  );

/** Makes a cluster of new nodes, and waits until it is whole. */
export async function formCluster(nodes: readonly RedisNode[], replicas: number): Promise<void> {
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const options = ['--cluster-replicas', String(replicas), '--cluster-yes'];
  await run('redis-cli', ['--cluster', 'create', ...addresses, ...options]);
  await untilWhole(nodes, replicas);
}

/** For `--store`. */
export function storeUrl(nodes: readonly RedisNode[]): string {
  return `redis://${nodes.map(({ knownPort }) => `127.0.0.1:${knownPort}`).join(',')}`;
}

/** Asks one node; rejects when it does not answer. */
export async function ask(port: number, ...command: string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', String(port), ...command], { timeout: 2_000 });
  return stdout.trim();
}

/** The node that has the slot of a key. */
export async function masterOf<N extends RedisNode>(nodes: readonly N[], key: string): Promise<N> {
  for (const { port } of nodes) {
    try {
      const slot = Number(await ask(port, 'CLUSTER', 'KEYSLOT', key));
      const owner = await ownerOf(port, slot);
      const node = nodes.find(({ knownPort }) => knownPort === owner);
      if (node) return node;
    } catch {
      // This one is down.
    }
  }
  throw new Error(`No node has the slot of ${key}`);
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

/** Far longer than it takes on a busy machine. */
const wholeMs = 120_000;

/**
 * Waits until each master has a replica that is up to date, if there are any, and all nodes agree. Rejects when that takes
 * two minutes.
 */
export async function untilWhole(nodes: readonly RedisNode[], replicas: number): Promise<void> {
  const endMs = performance.now() + wholeMs;
  for (;;) {
    const views = await Promise.all(nodes.map(async ({ port }) => viewOf(port, replicas)));
    const [first] = views;
    if (first !== undefined && views.every((view) => view === first)) return;
    if (performance.now() > endMs) {
      const ports = nodes.filter((_, at) => views[at] === undefined).map(({ port }) => port);
      const what = ports.length === 0 ? 'do not agree' : `are not ready: ${ports.join(', ')}`;
      throw new Error(`After ${wholeMs} ms, nodes of Redis ${what}`);
    }
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

/** What a node that is ready knows of all nodes: their roles, and which has which slots. */
async function viewOf(port: number, replicas: number): Promise<string | undefined> {
  const replication = await ask(port, 'INFO', 'replication').catch(() => '');
  const isReplicated = replication.includes('role:master')
    ? replicas === 0 || /slave0:.*state=online/.test(replication)
    : replication.includes('master_link_status:up');
  if (!isReplicated) return undefined;
  const [info, known] = [await ask(port, 'CLUSTER', 'INFO'), await ask(port, 'CLUSTER', 'NODES')];
  if (!info.includes('cluster_state:ok') || /\bfail\b|fail\?/.test(known)) return undefined;
  return known
    .split('\n')
    .map((line) => {
      const [id, , flags, master, , , , , ...slots] = line.split(' ');
      return [id, flags?.replace('myself,', ''), master, ...slots].join(' ');
    })
    .toSorted()
    .join('\n');
}
