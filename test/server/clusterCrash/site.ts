import { setTimeout as wait } from 'node:timers/promises';
import { ask } from '../../../client/testing/redisNodes.ts';
import { startRedisCluster, type ClusterNode, type RedisCluster } from '../cluster/redisCluster.ts';
import { oneOf, type Random } from '../crash/random.ts';
import { ServerProcess, type Program } from '../crash/serverProcess.ts';

export type Ack = 'replica' | 'strict' | 'master';

/** How long a request waits for its node, in milliseconds: less than an election takes, so that some get 901. */
const storeWaitMs = 1_500;

/** Six nodes of Redis with lines that can be cut, and two servers. */
export class Site {
  readonly cluster: RedisCluster;
  readonly servers: readonly SiteServer[];

  private constructor(cluster: RedisCluster, servers: readonly SiteServer[]) {
    this.cluster = cluster;
    this.servers = servers;
  }

  /** @param file The bundle of the server. */
  static async start(file: string, ack: Ack): Promise<Site> {
    const flags = ['--appendonly', 'yes', '--appendfsync', 'everysec'];
    const cluster = await startRedisCluster({ hasLines: true, flags });
    const settings = { store: cluster.url, 'store-wait': storeWaitMs, 'cluster-ack': ack };
    const args = Object.entries({ ...settings, 'log-level': 'error' }).map(
      ([flag, value]) => `--${flag}=${value}`,
    );
    const program = { file, args, env: {} };
    const servers = await Promise.all([SiteServer.start(program), SiteServer.start(program)]);
    return new Site(cluster, servers);
  }

  get urls(): string[] {
    return this.servers.map(({ url }) => url);
  }

  async master(random: Random): Promise<ClusterNode> {
    return this.cluster.masterOf(`{sd${Math.floor(random() * 1024)}}`);
  }

  async replica(random: Random): Promise<ClusterNode> {
    const roles = await Promise.all(
      this.cluster.servers.map(async ({ port }) => ask(port, 'ROLE').catch(() => '')),
    );
    const replicas = this.cluster.servers.filter((_, at) => roles[at]?.startsWith('slave'));
    const replica = oneOf(random, replicas);
    if (!replica) throw new Error('No node is a replica');
    return replica;
  }

  /** Waits until other nodes have given the place of a master to another. */
  async untilReplaced(victim: ClusterNode): Promise<void> {
    const others = this.cluster.servers.filter((node) => node !== victim);
    const slots = new RegExp(`:${victim.knownPort}@\\S* \\S*master.* \\d+-\\d+`);
    for (;;) {
      const views = await Promise.all(
        others.map(async ({ port }) => ask(port, 'CLUSTER', 'NODES').catch(() => undefined)),
      );
      if (views.every((view) => view !== undefined && !slots.test(view))) return;
      await wait(50);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map(async (server) => server.kill()));
    await this.cluster.stop();
  }
}

/** A server that can be killed and started again at the same address. */
export class SiteServer {
  readonly #program: Program;
  readonly url: string;
  #process: ServerProcess;

  private constructor(program: Program, process: ServerProcess, url: string) {
    this.#program = program;
    this.#process = process;
    this.url = url;
  }

  static async start(program: Program): Promise<SiteServer> {
    const process = new ServerProcess({ ...program, args: [...program.args, '--port=0'] });
    const url = await process.listening();
    if (url === undefined) throw new Error(`The server has not started: ${process.said}`);
    return new SiteServer(program, process, url);
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.signal(name);
  }

  async kill(): Promise<void> {
    await this.#process.kill();
  }

  async restart(): Promise<void> {
    const port = new URL(this.url).port;
    const args = [...this.#program.args, `--port=${port}`];
    this.#process = new ServerProcess({ ...this.#program, args });
    const url = await this.#process.listening();
    if (url === undefined) throw new Error(`A server has not started: ${this.#process.said}`);
  }
}
