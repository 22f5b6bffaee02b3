import { LoadClient } from '../server/load/loadClient.ts';
import { median, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const connections = 50;
const inFlight = 16;
/** After so long V8 has made its best code of what runs, and memory that is filled once has been filled. */
const warmUpMs = 4_000;
const sliceMs = 500;

/** What the clients do, for the names of rows. */
export const loadWords = `KV_SET by ${connections} clients with ${inFlight} in flight`;

/** What came of a slice of time. */
interface Slice {
  readonly repliesPerSecond: number;
  /** Processor time of the server, all its threads, in microseconds a reply. */
  readonly cpuUs: number;
}

interface Client {
  readonly client: LoadClient;
  readonly sets: readonly string[];
}

/** A server, and many clients that have a session each and store values of 100 characters in it. */
export class LoadedServer {
  readonly #server: ServerProcess;
  readonly #clients: readonly Client[];

  private constructor(server: ServerProcess, clients: readonly Client[]) {
    this.#server = server;
    this.#clients = clients;
  }

  static async start(bundle: string, flags: readonly string[]): Promise<LoadedServer> {
    const server = await startServer([bundle, '--port', '0', '--log-level', 'error', ...flags]);
    const clients: Client[] = [];
    while (clients.length < connections) clients.push(await clientOf(server, clients.length));
    return new LoadedServer(server, clients);
  }

  get port(): number {
    return this.#server.port;
  }

  async warmUp(): Promise<void> {
    await this.#load(warmUpMs);
  }

  /** Lets all clients work for a moment. */
  async measure(durationMs = sliceMs): Promise<Slice> {
    const before = await this.#cpuUs();
    const startedMs = performance.now();
    const repliesPerSecond = await this.#load(durationMs);
    const replies = (repliesPerSecond * (performance.now() - startedMs)) / 1000;
    return { repliesPerSecond, cpuUs: ((await this.#cpuUs()) - before) / replies };
  }

  async stop(): Promise<void> {
    for (const { client } of this.#clients) client.close();
    await this.#server.stop();
  }

  /** @returns Replies a second. */
  async #load(durationMs: number): Promise<number> {
    const rates = this.#clients.map(({ client, sets }) => client.rate(sets, durationMs));
    return (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
  }

  async #cpuUs(): Promise<number> {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)?.[1]) * 1e6;
  }
}

async function clientOf({ port }: ServerProcess, number: number): Promise<Client> {
  const client = await LoadClient.open(port);
  const made = await client.ask(`{"SH_NEW":{"name":"session ${number}"}}`);
  const tkn = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
  const value = `"${'v'.repeat(100)}"`;
  const sets = Array.from(
    { length: inFlight },
    (_, key) => `{"KV_SET":{"tkn":"${tkn}","keys":{"key ${key}":${value}}}}`,
  );
  return { client, sets };
}

/** A slice of one server and one of another, right after each other. */
type Pair = readonly [ours: Slice, plain: Slice];

/** Measures two warm servers in turns, so that both meet the same weather. The one that begins changes. */
export async function measurePairs(
  ours: LoadedServer,
  plain: LoadedServer,
  count: number,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < count) {
    const isFirst = pairs.length % 2 === 0;
    const early = isFirst ? await ours.measure() : undefined;
    const other = await plain.measure();
    pairs.push([early ?? (await ours.measure()), other]);
  }
  return pairs;
}

/**
 * Rate and processor time, each of the pair whose ratio is the median. The goal of the rate holds for the time as
 * well, which depends less on what else the machine does.
 */
export function pairRows(
  pairs: readonly Pair[],
  { what, plainIs, atLeast }: { what: string; plainIs: string; atLeast: number },
): Row[] {
  const rates = middle(pairs.map((pair) => pair.map((slice) => slice.repliesPerSecond)));
  const times = middle(pairs.map((pair) => pair.map((slice) => slice.cpuUs)));
  const atMost = Number((1 / atLeast).toFixed(2));
  return [
    { what, unit: 'replies/s', ...rates, plainIs, goal: { of: 'ratio', atLeast } },
    {
      what: `${what}: processor time`,
      unit: 'µs/reply',
      ...times,
      plainIs,
      goal: { of: 'ratio', atMost },
    },
  ];
}

function middle(pairs: readonly (readonly number[])[]): Pick<Row, 'ours' | 'plain'> {
  const figures = pairs.map(([ours = Number.NaN, plain = Number.NaN]) => ({ ours, plain }));
  const ratio = median(figures.map(({ ours, plain }) => ours / plain));
  const found = figures.find(({ ours, plain }) => ours / plain === ratio);
  return found ?? { ours: Number.NaN, plain: Number.NaN };
}
