import { LoadClient } from '../server/load/loadClient.ts';
import { ask } from '../client/testing/redisNodes.ts';
import type { ClusterNode, RedisCluster } from '../test/server/cluster/redisCluster.ts';
import { paced } from './pace.ts';
import { pause } from './pause.ts';
import { median, type Row } from './rows.ts';

const failovers = paced(6, 2);

/** Between two looks, in milliseconds: no time is more exact than that. */
const lookMs = 10;

/** What is done to a master. */
const losses = {
  'is killed': {
    lose: (node: ClusterNode) => node.kill(),
    restore: (node: ClusterNode) => node.restart(),
  },
  hangs: {
    lose: (node: ClusterNode) => Promise.resolve(node.signal('SIGSTOP')),
    restore: (node: ClusterNode) => Promise.resolve(node.signal('SIGCONT')),
  },
};

/** A loss as one client sees it that stores one value after another. */
interface Outage {
  readonly toElectionMs: number;
  readonly fromElectionMs: number;
  /** Of a client whose session is elsewhere: the longest time without an answer. */
  readonly othersMs: number;
}

/** How long clients wait when a master is lost. */
export async function measureFailovers(cluster: RedisCluster, port: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [how, loss] of Object.entries(losses)) {
    const outages: Outage[] = [];
    while (outages.length < failovers) {
      await cluster.untilWhole();
      outages.push(await measureOutage(cluster, port, loss));
    }
    const others = Math.round(median(outages.map(({ othersMs }) => othersMs)));
    rows.push({
      what: `a master ${how}: from the election of another to the first answer`,
      unit: 'ms',
      ours: median(outages.map(({ fromElectionMs }) => fromElectionMs)),
      plain: median(outages.map(({ toElectionMs }) => toElectionMs)),
      plainIs: 'from the loss to the election',
      goal: { of: 'ours', atMost: 1_000 },
      note: `clients of other masters wait ${others} ms at most`,
    });
  }
  return rows;
}

async function measureOutage(
  cluster: RedisCluster,
  port: number,
  { lose, restore }: (typeof losses)['hangs'],
): Promise<Outage> {
  const [one, other] = [await Prober.open(port), await Prober.open(port)];
  const victim = await cluster.masterOf(one.bucket);
  while ((await cluster.masterOf(other.bucket)) === victim) await other.renew();
  const probing = [one.run(), other.run()];
  await pause(300);
  const lostMs = performance.now();
  await lose(victim);
  await untilReplaced(cluster, victim);
  const electedMs = performance.now();
  while (one.answeredAtMs < electedMs) await pause(lookMs);
  const fromElectionMs = one.answeredAtMs - electedMs;
  await restore(victim);
  one.stop();
  other.stop();
  await Promise.all(probing);
  return { toElectionMs: electedMs - lostMs, fromElectionMs, othersMs: other.longestMs };
}

/** Waits until the other nodes have another in its place. */
async function untilReplaced({ servers }: RedisCluster, victim: ClusterNode): Promise<void> {
  const witness = servers.find((node) => node !== victim);
  const hasSlots = new RegExp(`:${victim.knownPort}@\\S* \\S*master.* \\d+-\\d+`);
  while (hasSlots.test(await ask(witness?.port ?? 0, 'CLUSTER', 'NODES'))) await pause(lookMs);
}

/** Stores one value after another in a session. */
class Prober {
  readonly #client: LoadClient;
  #token = '';
  #isStopping = false;
  answeredAtMs = 0;
  longestMs = 0;

  private constructor(client: LoadClient) {
    this.#client = client;
  }

  static async open(port: number): Promise<Prober> {
    const prober = new Prober(await LoadClient.open(port));
    await prober.renew();
    return prober;
  }

  /** Takes another session. */
  async renew(): Promise<void> {
    const made = await this.#client.ask('{"SH_NEW":{"name":"bench"}}');
    this.#token = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
  }

  get bucket(): string {
    return `{sd${Number(this.#token.slice(-10)) % 1024}}`;
  }

  async run(): Promise<void> {
    const request = `{"KV_SET":{"tkn":"${this.#token}","keys":{"n":1}}}`;
    this.answeredAtMs = performance.now();
    while (!this.#isStopping) {
      const reply = await this.#client.ask(request);
      if (reply.includes('"st":901')) continue;
      const nowMs = performance.now();
      this.longestMs = Math.max(this.longestMs, nowMs - this.answeredAtMs);
      this.answeredAtMs = nowMs;
      await pause(lookMs);
    }
    this.#client.close();
  }

  stop(): void {
    this.#isStopping = true;
  }
}
