import { setTimeout as wait } from 'node:timers/promises';
import { between, type Random } from '../crash/random.ts';
import type { ClusterNode } from '../cluster/redisCluster.ts';
import type { Site } from './site.ts';

/** What is done to a node, a server or the network, and undone. */
export interface Disturbance {
  readonly name: string;
  /** A node that is cut off, or was hanging, shows readers what it cannot confirm, until it knows that it was replaced. */
  readonly mayLoseReads?: true;
  readonly run: (site: Site, random: Random) => Promise<void>;
}

/** How long something lasts, in milliseconds. */
const whileFrozenMs = [500, 6_000] as const;
const whileCutMs = [300, 4_000] as const;
const whileReplacedMs = [100, 3_000] as const;

async function hold(random: Random, [low, high]: readonly [number, number]): Promise<void> {
  await wait(between(random, low, high));
}

async function freeze(node: Pick<ClusterNode, 'signal'>, random: Random): Promise<void> {
  node.signal('SIGSTOP');
  await hold(random, whileFrozenMs);
  node.signal('SIGCONT');
}

export const disturbances: readonly Disturbance[] = [
  {
    name: 'a master is killed',
    run: async (site, random) => {
      const master = await site.master(random);
      await master.kill();
      await site.untilReplaced(master);
      await master.restart();
    },
  },
  {
    name: 'a master hangs',
    mayLoseReads: true,
    run: async (site, random) => freeze(await site.master(random), random),
  },
  {
    name: 'the network cuts a master off from the other nodes',
    mayLoseReads: true,
    run: async (site, random) => {
      const master = await site.master(random);
      const join = site.cluster.isolate(master);
      await site.untilReplaced(master);
      await hold(random, whileReplacedMs);
      join();
    },
  },
  {
    name: 'a master is killed and started at once',
    run: async (site, random) => {
      const master = await site.master(random);
      await master.kill();
      await master.restart();
    },
  },
  {
    name: 'slots move to another master',
    run: async (site, random) => site.cluster.reshard(await site.master(random)),
  },
  {
    name: 'a replica is killed',
    run: async (site, random) => {
      const replica = await site.replica(random);
      await replica.kill();
      await hold(random, whileCutMs);
      await replica.restart();
    },
  },
  {
    name: 'a replica hangs',
    run: async (site, random) => freeze(await site.replica(random), random),
  },
  {
    name: 'a server is killed',
    run: async (site, random) => {
      const [server] = site.servers;
      await server?.kill();
      await hold(random, whileCutMs);
      await server?.restart();
    },
  },
  {
    name: 'a server hangs',
    run: async (site, random) => {
      const [server] = site.servers;
      server?.signal('SIGSTOP');
      await hold(random, whileCutMs);
      server?.signal('SIGCONT');
    },
  },
  {
    name: 'the network breaks connections to a master',
    run: async (site, random) => {
      const { line } = await site.master(random);
      line?.set('cut');
      await hold(random, whileCutMs);
      line?.set('open');
    },
  },
  {
    name: 'the network holds up what goes to a master',
    run: async (site, random) => {
      const { line } = await site.master(random);
      line?.set('silent');
      await hold(random, whileCutMs);
      line?.set('open');
    },
  },
];
