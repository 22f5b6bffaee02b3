import type { Cluster, Redis } from 'ioredis';
import { loadClient } from './loadClient.ts';
import type { NodeAddress, RedisAccess } from './redisAccess.ts';

/** The oldest version with functions and sharded channels. */
const oldestMajor = 7;

/** So often it is asked which node has which slots, and an answer may take so long, in milliseconds. */
const refreshMs = 250;
const refreshTimeoutMs = 250;

/** A cluster that says nothing for so long loses its connections, if requests may not wait longer, in milliseconds. */
const leastSilenceMs = 2_000;
const looksPerSilence = 5;

/** How long an idle connection may be silent before it is asked whether there is still somebody, in milliseconds. */
const keepAliveMs = 10_000;

/** How long Redis may take until it can be used: so many times what a request may wait, and no longer than this, in milliseconds. */
const startShare = 10;
const longestStartMs = 60_000;

/** Pause before the next try to reach a node, in milliseconds. */
const pauseMs = (times: number): number => Math.min(50 * times, 500);

/** A node that answers, and what it is. */
interface FoundNode {
  readonly node: NodeAddress;
  readonly isInCluster: boolean;
}

/**
 * Connects to the first node that answers, or to its cluster. Rejects with one line for the operator, in bounded time.
 * @param use With `isFeed`, channels can be followed, for which a cluster needs more connections.
 */
export async function connect(
  access: RedisAccess,
  { isFeed = false }: { readonly isFeed?: boolean } = {},
): Promise<Redis | Cluster> {
  const { node, isInCluster } = await findNode(access);
  const { Cluster: ClusterClient, Redis: NodeClient } = await loadClient();
  if (access.cluster === 'on' && !isInCluster) {
    throw new Error(`Redis at ${nameOf(node)} is in no cluster, but --store-cluster is on`);
  }
  const isCluster = access.cluster === 'off' ? false : isInCluster;
  const connected = isCluster
    ? new ClusterClient([...access.nodes], {
        redisOptions: { ...optionsOf(access), connectTimeout: access.waitMs },
        lazyConnect: true,
        enableOfflineQueue: false,
        shardedSubscribers: isFeed,
        // A node that hangs is still connected: who has its slots now shows only when others are asked.
        slotsRefreshInterval: refreshMs,
        // The one that hangs may be asked first, and then another.
        slotsRefreshTimeout: refreshTimeoutMs,
        clusterRetryStrategy: pauseMs,
      })
    : new NodeClient({
        ...optionsOf(access),
        ...node,
        lazyConnect: true,
        enableOfflineQueue: false,
        maxRetriesPerRequest: 0,
        retryStrategy: pauseMs,
      });
  reconnectAfterSilence(connected, access.waitMs);
  // Without a listener, an error would end the process; what it means shows in the calls.
  connected.on('error', () => undefined);
  // Who follows changes tries again itself.
  const limitMs = isFeed ? access.waitMs : Math.min(startShare * access.waitMs, longestStartMs);
  if (await isReadyWithin(connected, limitMs)) return connected;
  connected.disconnect();
  const name = isCluster ? 'The cluster of Redis' : 'Redis';
  throw new Error(`${name} at ${nameOf(node)} was not ready within ${limitMs / 1000} s`);
}

/**
 * Connects a client of a cluster again when no node has said for a while which has which slots. All machines may be lost, and
 * others in their place: that closes no connection, and only the addresses that were given may lead to them.
 */
function reconnectAfterSilence(client: Redis | Cluster, waitMs: number): void {
  if (!('nodes' in client)) return;
  const limitMs = Math.max(waitMs, leastSilenceMs);
  let looks = 0;
  // This process may stand still for a while itself, which is one look.
  const timer = setInterval(() => {
    looks = client.status === 'ready' ? looks + 1 : 0;
    if (looks > looksPerSilence) client.disconnect(true);
  }, limitMs / looksPerSilence).unref();
  client.on('refresh', () => {
    looks = 0;
  });
  client.once('end', () => clearInterval(timer));
}

/** The client tries again and again; what it returns may stay open though a later try succeeds. */
async function isReadyWithin(client: Redis | Cluster, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    client.once('ready', () => {
      clearTimeout(timer);
      resolve(true);
    });
    client.connect().catch(() => undefined);
  });
}

async function findNode(access: RedisAccess): Promise<FoundNode> {
  let problem = new Error('No node of Redis is given');
  for (const node of access.nodes) {
    try {
      return { node, isInCluster: await askNode(node, access) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problem = new Error(`Redis at ${nameOf(node)} cannot be used: ${reason}`, { cause: error });
    }
  }
  throw problem;
}

/** @returns Whether it is in a cluster. */
async function askNode(node: NodeAddress, access: RedisAccess): Promise<boolean> {
  const { Redis: NodeClient } = await loadClient();
  const probe = new NodeClient({
    ...optionsOf(access),
    ...node,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: Error | undefined;
  probe.on('error', (error: Error) => {
    failure ??= error;
  });
  try {
    await probe.connect();
    const version = /redis_version:(\d+)\.\S*/.exec(await probe.info('server'));
    if (Number(version?.[1]) < oldestMajor) {
      throw new Error(`it has version ${version?.[0].slice(14)}, and ${oldestMajor} is needed`);
    }
    return (await probe.info('cluster')).includes('cluster_enabled:1');
  } catch (error) {
    throw failure ?? error;
  } finally {
    probe.disconnect();
  }
}

function optionsOf({ isTls, username, password, waitMs }: RedisAccess) {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(isTls && { tls: {} }),
    // What may have been carried out is not sent a second time.
    autoResendUnfulfilledCommands: false,
    commandTimeout: waitMs,
    connectTimeout: waitMs,
    keepAlive: keepAliveMs,
    // A node that hangs does not close its side.
    disconnectTimeout: 20,
    disableClientInfo: true,
  };
}

/** @returns `HOST:PORT`. */
export function nameOf({ host, port }: NodeAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
