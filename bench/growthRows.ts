import { createTokenSource } from '../server/store/tokenSource.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { cpuMsOf } from './processorTime.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const many = paced(1_000_000, 200_000);
const few = 1_000;
const perBurst = 500;
const burstsPerSlice = paced(200, 60);
const rounds = paced(9, 5);
const warmUpSlices = 2;

const tokens = createTokenSource();
const nameOf = (index: number) => `session ${index}`;
const valueOf = (index: number) => String(index).padEnd(30, 'v');
const commands = ['KV_SET', 'KV_GET'] as const;
type Command = (typeof commands)[number];

function request(command: Command, index: number): string {
  const tkn = tokens.sharedToken(nameOf(index));
  const keys = command === 'KV_SET' ? `{"key":"${valueOf(index)}"}` : '["key"]';
  return `{"${command}":{"tkn":"${tkn}","keys":${keys}}}`;
}

/** A server with so many sessions, and commands for any of them. */
class FullServer {
  readonly #server: ServerProcess;
  readonly #client: LoadClient;
  readonly #sessions: number;

  private constructor(server: ServerProcess, client: LoadClient, sessions: number) {
    this.#server = server;
    this.#client = client;
    this.#sessions = sessions;
  }

  static async start(bundle: string, sessions: number): Promise<FullServer> {
    const flags = ['--port', '0', '--log-level', 'error', '--memory'];
    const server = await startServer([bundle, ...flags]);
    const client = await LoadClient.open(server.port);
    for (let from = 0; from < sessions; from += perBurst) {
      const requests: string[] = [];
      for (let index = from; index < from + perBurst; index += 1) {
        requests.push(`{"SH_NEW":{"name":"${nameOf(index)}","shared":true}}`);
        requests.push(request('KV_SET', index));
      }
      await client.askAll(requests);
    }
    return new FullServer(server, client, sessions);
  }

  /** @returns Microseconds of the processor for each command. */
  async measure(command: Command): Promise<number> {
    let cpuMs = 0;
    for (let burst = 0; burst < burstsPerSlice; burst += 1) {
      const requests = Array.from({ length: perBurst }, () =>
        request(command, Math.floor(Math.random() * this.#sessions)),
      );
      const before = cpuMsOf(this.#server.pid);
      await this.#client.askAll(requests);
      cpuMs += cpuMsOf(this.#server.pid) - before;
    }
    return (cpuMs * 1000) / (burstsPerSlice * perBurst);
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#server.stop();
  }
}

/** What a command costs in a store of very many sessions, beside one of few. */
export async function measureGrowth(bundle: string): Promise<Row[]> {
  const [full, small] = [await FullServer.start(bundle, many), await FullServer.start(bundle, few)];
  const duels = commands.map((command) => ({
    ours: () => full.measure(command),
    plain: () => small.measure(command),
  }));
  await measureDuels(duels, warmUpSlices);
  const found = await measureDuels(duels, rounds);
  await Promise.all([full.stop(), small.stop()]);
  return commands.map((command, at) => ({
    what: `${command} with ${many.toLocaleString('en')} sessions, processor time`,
    unit: 'µs/command',
    ...figuresOf(found[at] ?? [], (us) => us),
    plainIs: `with ${few.toLocaleString('en')} sessions`,
    goal: { of: 'ratio', atMost: 1.2 },
  }));
}
