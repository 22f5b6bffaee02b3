import type { WebSocket } from 'ws';
import { writeInspectionRequest } from '../protocol/inspection/requests.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { freshPage, withBrowser } from './browser.ts';
import { longestFrameDuring } from './frames.ts';
import { openInspection } from './inspector.ts';
import { LoadedServer, loadWords, pairRows, type Slice } from './loadedServer.ts';
import { longestTaskDuring } from './pageWork.ts';
import { paced } from './pace.ts';
import { measureDuels, type Pair } from './pairs.ts';
import { pause } from './pause.ts';
import type { Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

/** Each with new servers: V8 makes better code in some processes than in others, which is a tenth of the rate. */
const rounds = paced(7, 3);
const pairsPerRound = 2;
/** In so long the memory for timelines is nearly filled once. */
const warmUpMs = paced(2_500, 800);
const keyCount = 16;
const changesPerSecond = 10_000;
const floodSeconds = 10;
/** Of more Chromium would write down too much. */
const tracedSeconds = 2;

const none = ['--memory', '--history', '0'];
const cases = [
  { what: 'stream and timelines off', flags: none, isStreamed: false, atLeast: 0.98 },
  { what: 'timelines on', flags: ['--memory'], isStreamed: false, atLeast: 0.9 },
  { what: 'stream and timelines on', flags: ['--memory'], isStreamed: true, atLeast: 0.9 },
] as const;

/** Changes with timelines and a stream beside none of them; and a session that changes fast, watched. */
export async function measureTimelines(bundle: string): Promise<Row[]> {
  const found = cases.map((): Pair<Slice>[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, pairs] of (await measureRound(bundle)).entries()) found[at]?.push(...pairs);
  }
  const rows = cases.flatMap(({ what, atLeast }, at) => {
    const named = { what: `${loadWords}, ${what}`, plainIs: 'no timelines, no inspector' };
    return pairRows(found[at] ?? [], { ...named, atLeast });
  });
  return [...rows, ...(await measureWatched(bundle))];
}

/** @returns Pairs of each case, with servers that are used for nothing else. */
async function measureRound(bundle: string): Promise<Pair<Slice>[][]> {
  const plain = await LoadedServer.start(bundle, [...none, '--no-inspect']);
  await plain.warmUp(warmUpMs);
  const servers: LoadedServer[] = [];
  const streams: WebSocket[] = [];
  for (const { flags, isStreamed } of cases) {
    const server = await LoadedServer.start(bundle, flags);
    if (isStreamed) streams.push(await openStream(server.port));
    await server.warmUp(warmUpMs);
    servers.push(server);
  }
  const duels = servers.map((server) => ({
    ours: () => server.measure(),
    plain: () => plain.measure(),
  }));
  const pairs = await measureDuels(duels, pairsPerRound);
  for (const stream of streams) stream.terminate();
  for (const server of [plain, ...servers]) await server.stop();
  return pairs;
}

async function openStream(port: number): Promise<WebSocket> {
  const stream = await openInspection(port);
  stream.send(writeInspectionRequest({ type: 'stream', number: 1 }));
  return stream;
}

/** A connection with a session of its own, and changes of it. */
async function changer({ port }: ServerProcess) {
  const client = await LoadClient.open(port);
  const made = await client.ask('{"SH_NEW":{"name":"bench"}}');
  const tkn = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
  const value = `"${'v'.repeat(100)}"`;
  const sets = Array.from(
    { length: keyCount },
    (_, index) => `{"KV_SET":{"tkn":"${tkn}","keys":{"key ${index}":${value}}}}`,
  );
  return { client, sets };
}

async function measureWatched(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const { client, sets } = await changer(server);
  const { longestMs, taskMs, counted } = await withBrowser(async (browser) => {
    const page = await freshPage(browser);
    await page.goto(`http://127.0.0.1:${server.port}/`);
    await page.getByRole('table', { name: 'Live sessions' }).getByText('bench').click();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('table', { name: 'Changes' }).waitFor();
    const change = async (seconds: number) => {
      for (let tick = 0; tick < seconds * 20; tick += 1) {
        const startedMs = performance.now();
        const burst = changesPerSecond / 20;
        await client.askAll(Array.from({ length: burst }, (_, at) => sets[at % keyCount] ?? ''));
        await pause(Math.max(0, 50 - (performance.now() - startedMs)));
      }
    };
    const longest = await longestFrameDuring(page, () => change(floodSeconds));
    const longestTask = await longestTaskDuring(page, () => change(tracedSeconds));
    const slider = page.getByRole('slider', { name: 'Moment' });
    await pause(1_000);
    const changes = Number(await slider.getAttribute('max')) - 1;
    return { longestMs: longest, taskMs: longestTask, counted: changes };
  });
  client.close();
  await server.stop();
  const what = `timeline of a session with ${changesPerSecond} changes a second`;
  const sent = changesPerSecond * (floodSeconds + tracedSeconds);
  const plain = { plain: 100, plainIs: 'the goal', goal: { of: 'ours', atMost: 100 } } as const;
  return [
    { what: `${what}: longest frame`, unit: 'ms', ours: longestMs, ...plain },
    { what: `${what}: longest task, processor time`, unit: 'ms', ours: taskMs, ...plain },
    {
      what: `${what}: changes counted`,
      unit: 'changes',
      ours: counted,
      plain: sent,
      plainIs: 'changes sent',
      goal: { of: 'ours', atLeast: sent },
    },
  ];
}
