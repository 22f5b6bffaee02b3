import {
  openCaller,
  runSlice,
  senderOf,
  type Caller,
  type Sender,
  type Slice,
} from '../server/load/callers.ts';
import { burstOf } from '../server/load/frames.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { requestsOf, type LoadKind } from '../server/load/requests.ts';
import { measureDuels, type Duel, type Pair } from './pairs.ts';
import { paced } from './pace.ts';
import { cpuMsOf } from './processorTime.ts';
import { figuresOf, median, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const rounds = paced(11, 5);
const sliceMs = paced(500, 250);
const warmUpMs = paced(1_500, 500);

const shapes = [
  { connections: 1, inFlight: 1 },
  { connections: 1, inFlight: 16 },
  { connections: 50, inFlight: 1 },
  { connections: 50, inFlight: 16 },
] as const;

interface Case extends LoadKind {
  readonly words: string;
  /** The least ratios to the echo, in the order of the shapes. */
  readonly atLeast: readonly number[];
}

const small = { keys: 1, valueBytes: 32, atLeast: [0.95, 1.3, 0.95, 3] } as const;

const cases: readonly Case[] = [
  { command: 'KV_SET', words: 'KV_SET 32 B', ...small },
  { command: 'KV_GET', words: 'KV_GET 32 B', ...small },
  {
    command: 'KV_SET',
    words: 'KV_SET 10 × 100 B',
    keys: 10,
    valueBytes: 100,
    atLeast: [0.9, 1, 0.8, 1.2],
  },
  { command: 'SH_INFO', words: 'SH_INFO', keys: 1, valueBytes: 32, atLeast: [0.95, 1.4, 1, 3] },
];

const mostP99 = 1.2;
const echoServer = ['--import', 'tsx', new URL('echoServer.ts', import.meta.url).pathname];
/** An echo does not mind which session it is. */
const someToken = '14247375118774737462';

/** A slice, with processor time in microseconds a reply. */
interface CostedSlice extends Slice {
  readonly serverUs: number;
  readonly clientUs: number;
}

/** Small commands beside a bare `ws` echo of the same requests. */
export async function measureReach(bundle: string): Promise<Row[]> {
  const [ours, echo] = await Promise.all([
    startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']),
    startServer(echoServer),
  ]);
  const callers: Caller[] = [];
  const echoClients: LoadClient[] = [];
  while (callers.length < 50) {
    callers.push(await openCaller(ours.port, { name: 'bench', valueBytes: 100 }));
    echoClients.push(await LoadClient.open(echo.port));
  }
  const measured: { name: string; atLeast: number; duel: Duel<CostedSlice> }[] = [];
  for (const kind of cases) {
    for (const [at, { connections, inFlight }] of shapes.entries()) {
      const some = callers.slice(0, connections);
      const senders = await Promise.all(some.map((each) => senderOf(each, kind, inFlight)));
      const echoed = echoClients.slice(0, connections).map((each) => echoOf(each, kind, inFlight));
      measured.push({
        name: `${kind.words}, ${connections} × ${inFlight}`,
        atLeast: kind.atLeast[at] ?? 0,
        duel: {
          ours: () => costedSlice(senders, ours),
          plain: () => costedSlice(echoed, echo),
        },
      });
      await runSlice(senders, warmUpMs / shapes.length);
      await runSlice(echoed, warmUpMs / shapes.length);
    }
  }
  const found = await measureDuels(
    measured.map(({ duel }) => duel),
    rounds,
  );
  for (const client of [...callers.map((each) => each.client), ...echoClients]) client.close();
  await Promise.all([ours.stop(), echo.stop()]);
  return measured.flatMap((each, at) => rowsOf(each, found[at] ?? []));
}

function echoOf(client: LoadClient, kind: LoadKind, inFlight: number): Sender {
  const bursts = requestsOf(kind, someToken, inFlight).map(burstOf);
  return { client, bursts, begins: `{"${kind.command}"` };
}

async function costedSlice(
  senders: readonly Sender[],
  { pid }: ServerProcess,
): Promise<CostedSlice> {
  const before = { server: cpuMsOf(pid), client: process.cpuUsage() };
  const slice = await runSlice(senders, sliceMs);
  const { user, system } = process.cpuUsage(before.client);
  return {
    ...slice,
    serverUs: ((cpuMsOf(pid) - before.server) * 1000) / slice.replies,
    clientUs: (user + system) / slice.replies,
  };
}

function rowsOf(
  { name, atLeast }: { readonly name: string; readonly atLeast: number },
  pairs: readonly Pair<CostedSlice>[],
): Row[] {
  const plainIs = 'ws echo';
  const cpu = figuresOf(pairs, ({ serverUs }) => serverUs);
  return [
    {
      what: name,
      unit: 'replies/s',
      ...figuresOf(pairs, ({ replies, seconds }) => replies / seconds),
      plainIs,
      goal: { of: 'ratio', atLeast },
      note: `CPU ${cpu.ours.toFixed(1)} · ${cpu.plain.toFixed(1)} µs${clientNote(pairs)}`,
    },
    {
      what: `${name}: p99`,
      unit: 'ms',
      ...figuresOf(pairs, ({ latencies }) => latencies.percentileMs(0.99)),
      plainIs,
      goal: { of: 'ratio', atMost: mostP99 },
    },
  ];
}

/** From there on, the load is what limits the rate. */
const busyShare = 0.9;

/** Says where the load had no time to spare: then the ratio of the rates is nearer to 1 than the servers are. */
function clientNote(pairs: readonly Pair<CostedSlice>[]): string {
  const shareOf = ({ clientUs, replies, seconds }: CostedSlice) =>
    (clientUs * replies) / (seconds * 1e6);
  const isLimit = median(pairs.map(({ ours }) => shareOf(ours))) > busyShare;
  return isLimit ? ', limited by the load' : '';
}
