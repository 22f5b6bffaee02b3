import type { Tool } from '../config/configTypes.ts';
import { endCaller, openCaller, runSlice, senderOf, type Caller } from '../load/callers.ts';
import { Latencies } from '../load/latencies.ts';
import type { LoadCommand } from '../load/requests.ts';

type Bench = Extract<Tool, { readonly name: 'bench' }>;

/** What a load was answered with. */
interface Figures {
  readonly command: LoadCommand;
  /** Of the parts of the time, the middle one, the slowest and the fastest. */
  readonly opsPerSec: number;
  readonly slowestOpsPerSec: number;
  readonly fastestOpsPerSec: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly replies: number;
}

/** Parts that the time of each command has, each with a rate. */
const parts = 10;
/** Ours end by themselves if we are killed: that long after the last command should be over. */
const spareSec = 60;
/** Before anything counts: code that runs for the first time is slow. */
const warmUpMs = 500;

/** What a tool may use of its process. */
export interface BenchSurroundings {
  /** For people; not part of the answer. */
  readonly say: (line: string) => void;
  /** Stops it early; its sessions are ended. */
  readonly signal?: AbortSignal | undefined;
}

/** Loads a server and measures. Rejects with one line. @returns Lines of a table, or one of JSON. */
export async function benchServer(
  bench: Bench,
  surroundings: BenchSurroundings,
): Promise<string[]> {
  const url = addressOf(bench.url);
  const { connections, inFlight, commands, seconds } = bench;
  const { say, signal } = surroundings;
  say(
    `Creates ${connections} sessions named "${sessionName}" on ${url.href}, loads the server with them, ` +
      'and ends these and no others. Other clients will wait longer while it runs.',
  );
  const lifetimeSec = Math.ceil(commands.length * (seconds + 1)) + spareSec;
  const callers: Caller[] = [];
  const found: Figures[] = [];
  try {
    while (callers.length < connections && !signal?.aborted) {
      callers.push(await openNext(url, { ...bench, callers, lifetimeSec }));
    }
    for (const command of commands) {
      if (signal?.aborted) break;
      found.push(await measure(callers, { ...bench, command, signal }));
    }
  } finally {
    await endAll(callers, say);
  }
  if (signal?.aborted) throw new Error('it was stopped; its sessions are ended');
  if (bench.isJson) return [jsonOf({ url: url.href, connections, inFlight, seconds, found })];
  return [`${connections} × ${inFlight} in flight, ${seconds} s each:`, ...tableOf(found)];
}

const sessionName = 'seshdeck bench';

/** As a WebSocket address; those of the web are taken too. */
function addressOf(given: string): URL {
  const url = URL.canParse(given) ? new URL(given.replace(/^http/, 'ws')) : undefined;
  if (url?.protocol === 'ws:' || url?.protocol === 'wss:') return url;
  throw new Error(
    `Give the address of a server as ws://HOST:PORT or wss://HOST:PORT, got "${given}"`,
  );
}

async function openNext(
  url: URL,
  bench: Bench & { readonly callers: readonly Caller[]; readonly lifetimeSec: number },
): Promise<Caller> {
  const { callers, connections, valueBytes, lifetimeSec } = bench;
  try {
    return await openCaller(url, { name: sessionName, valueBytes, lifetimeSec });
  } catch (error) {
    const which = `connection ${callers.length + 1} of ${connections}`;
    throw new Error(`${which}: ${messageOf(error)}`, { cause: error });
  }
}

async function endAll(callers: readonly Caller[], say: (line: string) => void): Promise<void> {
  const ends = await Promise.allSettled(callers.map(endCaller));
  const missed = ends.filter(({ status }) => status === 'rejected').length;
  if (missed > 0) {
    say(`${missed} sessions named "${sessionName}" could not be ended; they end when they expire.`);
  }
}

async function measure(
  callers: readonly Caller[],
  load: Bench & { readonly command: LoadCommand; readonly signal: AbortSignal | undefined },
): Promise<Figures> {
  const { command, keys, valueBytes, inFlight, seconds, signal } = load;
  const kind = { command, keys, valueBytes };
  const senders = await Promise.all(callers.map((each) => senderOf(each, kind, inFlight)));
  await runSlice(senders, warmUpMs);
  const rates: number[] = [];
  const latencies = new Latencies();
  let replies = 0;
  for (let part = 0; part < parts && !signal?.aborted; part += 1) {
    const slice = await runSlice(senders, (seconds * 1000) / parts);
    rates.push(slice.replies / slice.seconds);
    latencies.add(slice.latencies);
    replies += slice.replies;
  }
  rates.sort((a, b) => a - b);
  const rateAt = (index: number) => Math.round(rates[index] ?? 0);
  return {
    command,
    opsPerSec: rateAt(rates.length >> 1),
    slowestOpsPerSec: rateAt(0),
    fastestOpsPerSec: rateAt(rates.length - 1),
    p50Ms: roundedMs(latencies.percentileMs(0.5)),
    p99Ms: roundedMs(latencies.percentileMs(0.99)),
    replies,
  };
}

function roundedMs(ms: number): number {
  return Number(ms.toPrecision(3));
}

const headings = ['', 'ops/s', 'slowest', 'fastest', 'p50 ms', 'p99 ms'];
const columnWidth = 10;

function tableOf(found: readonly Figures[]): string[] {
  const rows = found.map((figures) => [
    figures.command,
    figures.opsPerSec.toLocaleString('en'),
    figures.slowestOpsPerSec.toLocaleString('en'),
    figures.fastestOpsPerSec.toLocaleString('en'),
    String(figures.p50Ms),
    String(figures.p99Ms),
  ]);
  return [headings, ...rows].map(([name = '', ...cells]) =>
    [name.padEnd(columnWidth), ...cells.map((cell) => cell.padStart(columnWidth))].join(''),
  );
}

function jsonOf(result: {
  readonly url: string;
  readonly connections: number;
  readonly inFlight: number;
  readonly seconds: number;
  readonly found: readonly Figures[];
}): string {
  // oxlint-disable-next-line no-restricted-properties -- figures of our own, no values of sessions
  return JSON.stringify(result);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
