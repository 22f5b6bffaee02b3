import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from '../../../client/testing/redisNodes.ts';
import {
  startRedisCluster,
  type ClusterNode,
  type RedisCluster,
} from '../../../test/server/cluster/redisCluster.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { proveAlone } from './aloneProof.ts';

const timeout = 60_000;

/** As docs/cluster.md names them. */
const rights = '~{sd* &{sd* +@all -@dangerous +info +cluster'.split(' ');
const username = 'seshdeck';
const password = 'secret';

/** A master, and another one that hears it and sees it so. */
function pairOfMasters(seen: string, epoch = 7): { node: Redis; masters: Redis[] } {
  const saying = (lines: readonly string[], current: number) => async (what: string) =>
    what === 'INFO' ? `cluster_current_epoch:${current}\r\n` : lines.join('\n');
  let hear: (channel: string, message: string) => void = () => undefined;
  const node: Partial<Redis> = {
    cluster: saying(
      [
        'a 127.0.0.1:1@11 myself,master,nofailover - 0 0 1 connected 0-8000',
        'b 127.0.0.1:2@12 master,fail? - 0 0 2 connected 8001-16383',
      ],
      7,
    ) as Redis['cluster'],
    publish: async (channel) => {
      hear(String(channel), 'a 7');
      return 0;
    },
  };
  const witness: Partial<Redis> = {
    on: ((event: string, listener: typeof hear) => {
      if (event === 'message') hear = listener;
      return witness;
    }) as Redis['on'],
    subscribe: async () => 1,
    disconnect: () => undefined,
    cluster: saying(
      [`a 127.0.0.1:1@11 ${seen}`, 'b 127.0.0.1:2@12 myself,master - 0 0 2 connected 8001-16383'],
      epoch,
    ) as Redis['cluster'],
  };
  const other: Partial<Redis> = { duplicate: () => witness as Redis };
  // More is not asked of them.
  return { node: node as Redis, masters: [node as Redis, other as Redis] };
}

describe('a master that another hears', () => {
  const slots = '- 0 0 1 connected 0-8000';

  test.each([
    ['it is a master', `master ${slots}`],
    ['its replicas are not to replace it', `master,nofailover ${slots}`],
  ])('is alone if the other knows that %s', async (_, seen) => {
    expect(await proveAlone({ ...pairOfMasters(seen), limitMs: 20_000 })).toBe(true);
  });

  test.each([
    ['it has failed', `master,fail ${slots}`],
    ['it seems to have failed', `master,fail? ${slots}`],
    ['its slots are elsewhere', 'master - 0 0 1 connected'],
    ['it is a replica', 'slave c 0 0 1 connected'],
    ['another election has begun', `master ${slots}`, 8],
  ])('may be replaced if for the other %s', async (_, seen, epoch?: number) => {
    expect(await proveAlone({ ...pairOfMasters(seen, epoch), limitMs: 40 })).toBe(false);
  });
});

describe.skipIf(whyNoRedis)(`a master${whyNoRedis ? ` ${whyNoRedis}` : ''}`, { timeout }, () => {
  let cluster: RedisCluster;
  const connections: Redis[] = [];

  beforeAll(async () => {
    cluster = await startRedisCluster({ hasLines: true });
  }, timeout);
  afterAll(async () => {
    for (const node of connections) node.disconnect();
    await cluster.stop();
  });

  async function connectedTo({ port }: ClusterNode): Promise<Redis> {
    await ask(port, 'ACL', 'SETUSER', username, 'on', `>${password}`, ...rights);
    const node = new Redis(port, '127.0.0.1', { username, password, retryStrategy: () => null });
    connections.push(node);
    await once(node, 'ready');
    return node;
  }

  /** One that has the slot of a key, and the connections to all. */
  async function masterOf(key: string) {
    const server = await cluster.masterOf(key);
    const roles = await Promise.all(cluster.servers.map(({ port }) => ask(port, 'ROLE')));
    const others = cluster.servers.filter((each, at) => {
      return each !== server && roles[at]?.startsWith('master');
    });
    const node = await connectedTo(server);
    return { server, node, masters: [node, ...(await Promise.all(others.map(connectedTo)))] };
  }

  test('that the others hear is not cut off, which shows with the rights that a server has', async () => {
    const { node, masters } = await masterOf('a');
    expect(await proveAlone({ node, masters, limitMs: 20_000 })).toBe(true);
  });

  test('that only a minority hears may be cut off', async () => {
    const { node } = await masterOf('a');
    expect(await proveAlone({ node, masters: [node], limitMs: 500 })).toBe(false);
  });

  test('that is cut off is not proven to be alone, though the others still know it as a master', async () => {
    const { server, node, masters } = await masterOf('a');
    const join = cluster.isolate(server);
    // Far less than the time after which it is replaced.
    const isProven = await proveAlone({ node, masters, limitMs: 500 });
    join();
    expect(isProven).toBe(false);
    expect(await proveAlone({ node, masters, limitMs: 20_000 })).toBe(true);
  });

  test('that was replaced is not, when what it said before reaches the others later', async () => {
    const { server, node, masters } = await masterOf('a');
    const join = cluster.isolate(server);
    const proven = proveAlone({ node, masters, limitMs: 40_000 });
    const [, witness] = masters;
    const isMaster = new RegExp(`:${server.knownPort}@\\S* \\S*master.* \\d+-\\d+`);
    while (isMaster.test(String(await witness?.cluster('NODES')))) await wait(20);
    join();
    expect(await proven).toBe(false);
  });
});
