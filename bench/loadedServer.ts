import { LoadClient } from '../server/load/loadClient.ts';
import { measureDuels, type Pair } from './pairs.ts';
import { paced } from './pace.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const connections = 50;
const inFlight = 16;
/** After so long V8 has made its best code of what runs, and memory that is filled once has been filled. */
const warmUpMs = paced(4_000, 1_000);
const sliceMs = paced(500, 250);

/** What the clients do, for the names of rows. */
export const loadWords = `KV_SET, ${connections} × ${inFlight}`;

/** What came of a slice of time. */
export interface Slice {
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

  async warmUp(durationMs = warmUpMs): Promise<void> {
    await this.#load(durationMs);
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

interface Measurable {
  measure(): Promise<Slice>;
}

/** Measures in turns, so that both meet the same weather. */
export async function measurePairs(
  ours: Measurable,
  plain: Measurable,
  count: number,
): Promise<readonly Pair<Slice>[]> {
  const [pairs = []] = await measureDuels(
    [{ ours: () => ours.measure(), plain: () => plain.measure() }],
    count,
  );
  return pairs;
}

/** Rate and processor time. The goal of the rate holds for the time as well, which depends less on what else the machine does. */
export function pairRows(
  pairs: readonly Pair<Slice>[],
  { what, plainIs, atLeast }: { what: string; plainIs: string; atLeast: number },
): Row[] {
  const atMost = Number((1 / atLeast).toFixed(2));
  return [
    {
      what,
      unit: 'replies/s',
      ...figuresOf(pairs, ({ repliesPerSecond }) => repliesPerSecond),
      plainIs,
      goal: { of: 'ratio', atLeast },
    },
    {
      what: `${what}: processor time`,
      unit: 'µs/reply',
      ...figuresOf(pairs, ({ cpuUs }) => cpuUs),
      plainIs,
      goal: { of: 'ratio', atMost },
    },
  ];
}
