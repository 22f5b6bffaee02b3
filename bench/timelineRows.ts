import { writeInspectionRequest } from '../protocol/inspection/requests.ts';
import { freshPage, withBrowser } from './browser.ts';
import { longestFrameDuring } from './frames.ts';
import { openInspection } from './inspector.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { pause } from './pause.ts';
import type { Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const connections = 50;
const inFlight = 16;
const roundMs = 2_000;
const rounds = 5;
const changesPerSecond = 10_000;
const floodSeconds = 10;

/** A server under load, and how many changes a second it takes. */
interface Loaded {
  readonly rate: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

async function loaded(
  bundle: string,
  flags: readonly string[],
  isStreamed = false,
): Promise<Loaded> {
  const quiet = ['--memory', '--port', '0', '--log-level', 'error'];
  const server = await startServer([bundle, ...quiet, ...flags]);
  const clients = await Promise.all(Array.from({ length: connections }, () => changer(server)));
  const stream = isStreamed ? await openInspection(server.port) : undefined;
  stream?.send(writeInspectionRequest({ type: 'stream', number: 1 }));
  return {
    rate: async () => {
      const rates = await Promise.all(
        clients.map(({ client, sets }) => client.rate(sets, roundMs)),
      );
      return rates.reduce((sum, each) => sum + each, 0);
    },
    stop: async () => {
      stream?.terminate();
      for (const { client } of clients) client.close();
      await server.stop();
    },
  };
}

/** A connection with a session of its own, and changes of it. */
async function changer({ port }: ServerProcess) {
  const client = await LoadClient.open(port);
  const made = await client.ask('{"SH_NEW":{"name":"bench"}}');
  const tkn = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
  const value = `"${'v'.repeat(100)}"`;
  const sets = Array.from(
    { length: inFlight },
    (_, index) => `{"KV_SET":{"tkn":"${tkn}","keys":{"key ${index}":${value}}}}`,
  );
  return { client, sets };
}

/** Changes with timelines and a stream beside none of them; and a session that changes fast, watched. */
export async function measureTimelines(bundle: string): Promise<Row[]> {
  const none = ['--history', '0'];
  const servers = {
    none: await loaded(bundle, [...none, '--no-inspect']),
    off: await loaded(bundle, none),
    timelines: await loaded(bundle, []),
    both: await loaded(bundle, [], true),
  };
  const best = { none: 0, off: 0, timelines: 0, both: 0 };
  // All run all the time and are measured in turns, so that they meet the same weather.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['none', 'off', 'timelines', 'both'] as const) {
      best[name] = Math.max(best[name], await servers[name].rate());
    }
  }
  for (const server of Object.values(servers)) await server.stop();
  const row = (what: string, ours: number, atLeast: number): Row => ({
    what: `KV_SET, ${connections} connections, ${inFlight} in flight, ${what}`,
    unit: 'replies/s',
    ours,
    plain: best.none,
    plainIs: 'no timelines, no inspector',
    goal: { of: 'ratio', atLeast },
  });
  return [
    row('stream and timelines off', best.off, 0.98),
    row('timelines on', best.timelines, 0.9),
    row('stream and timelines on', best.both, 0.9),
    ...(await measureWatched(bundle)),
  ];
}

async function measureWatched(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const { client, sets } = await changer(server);
  const { longestMs, counted } = await withBrowser(async (browser) => {
    const page = await freshPage(browser);
    await page.goto(`http://127.0.0.1:${server.port}/`);
    await page.getByRole('table', { name: 'Live sessions' }).getByText('bench').click();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('table', { name: 'Changes' }).waitFor();
    const change = async () => {
      for (let tick = 0; tick < floodSeconds * 20; tick += 1) {
        const startedMs = performance.now();
        const burst = changesPerSecond / 20;
        await client.askAll(Array.from({ length: burst }, (_, at) => sets[at % inFlight] ?? ''));
        await pause(Math.max(0, 50 - (performance.now() - startedMs)));
      }
    };
    const longest = await longestFrameDuring(page, change);
    const slider = page.getByRole('slider', { name: 'Moment' });
    await pause(1_000);
    return { longestMs: longest, counted: Number(await slider.getAttribute('max')) - 1 };
  });
  client.close();
  await server.stop();
  const what = `timeline of a session with ${changesPerSecond} changes a second`;
  const sent = changesPerSecond * floodSeconds;
  return [
    {
      what: `${what}: longest frame`,
      unit: 'ms',
      ours: longestMs,
      plain: 100,
      plainIs: 'the goal',
      goal: { of: 'ours', atMost: 100 },
    },
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
