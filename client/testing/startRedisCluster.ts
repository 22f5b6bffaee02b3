import { spawnSync } from 'node:child_process';
import {
  formCluster,
  masterOf,
  nodeFlags,
  storeUrl,
  untilWhole,
  type RedisNode,
} from './redisNodes.ts';
import type { SessionRef } from './sessions.ts';
import { redisProblem, startRedis, type TestRedis } from './startRedis.ts';

/** How a cluster is to be. All of it may be left out. */
export interface RedisClusterOptions {
  /** From 3, the default, to 16. */
  readonly masters?: number;
  /** Of each master, from 0 to 5. Default: 1. */
  readonly replicas?: number;
  /** Of each node, as on its command line, such as `['--appendonly', 'yes']`. */
  readonly flags?: readonly string[];
}

/** A Redis cluster for a test, empty and in memory. */
export interface TestRedisCluster {
  /** For the `data` of `startServerProcess`. */
  readonly url: string;
  /** All nodes; which of them are masters changes when one is lost. */
  readonly nodes: readonly TestRedis[];
  /** The node that has a session. */
  readonly masterOf: (session: SessionRef) => Promise<TestRedis>;
  /** Waits until each master has a replica again that is up to date. */
  readonly untilWhole: () => Promise<void>;
  /** Ends all nodes, and removes their files. */
  readonly close: () => Promise<void>;
  /** As `close`, at the end of an `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a Redis cluster on free ports of this machine. A node that is lost is replaced by its replica after two to
 * four seconds. Rejects when `redis-server` or `redis-cli` is not installed.
 * @throws {RangeError} for numbers of nodes that there cannot be.
 */
export async function startRedisCluster({
  masters = 3,
  replicas = 1,
  flags = [],
}: RedisClusterOptions = {}): Promise<TestRedisCluster> {
  check('masters', masters, [3, 16]);
  check('replicas', replicas, [0, 5]);
  const problem = redisProblem() ?? cliProblem();
  if (problem !== undefined) throw new Error(`startRedisCluster ${problem}`);
  const nodes: RedisNode[] = [];
  const close = async () => {
    await Promise.all(nodes.map((node) => node.close()));
  };
  try {
    while (nodes.length < masters * (1 + replicas)) {
      const node = await startRedis({ flags: [...nodeFlags, ...flags] });
      nodes.push({ ...node, knownPort: node.port });
    }
    await formCluster(nodes, replicas);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    url: storeUrl(nodes),
    nodes,
    masterOf: (session) => masterOf(nodes, bucketOf(session)),
    untilWhole: () => untilWhole(nodes, replicas),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** How servers name what sessions share in Redis: docs/cluster.md says how. */
function bucketOf(session: SessionRef): string {
  const token = typeof session === 'string' ? session : session.token;
  return `{sd${BigInt(token) % 1024n}}`;
}

function cliProblem(): string | undefined {
  const isMissing = spawnSync('redis-cli', ['--version']).error !== undefined;
  return isMissing ? 'needs redis-cli on the PATH, which comes with redis-server' : undefined;
}

function check(name: string, count: number, [least, most]: readonly [number, number]): void {
  if (Number.isInteger(count) && count >= least && count <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, got ${count}`);
}
