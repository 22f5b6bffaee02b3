import { ListInspector } from './inspector.ts';
import { LoadedServer, loadWords, measurePairs, pairRows, type Slice } from './loadedServer.ts';
import { paced } from './pace.ts';
import { pause } from './pause.ts';
import type { Row } from './rows.ts';

const pairsPerCase = paced(9, 3);

/** What inspectors look at, how many they are, and what must be left of the rate. */
const cases = [
  { look: 'list', inspectors: 1, atLeast: 0.95 },
  { look: 'list', inspectors: 10, atLeast: 0.85 },
  { look: 'stream', inspectors: 1, atLeast: 0.9 },
  { look: 'slow ones', inspectors: 1, atLeast: 0.9 },
  { look: 'overview', inspectors: 1, atLeast: 0.95 },
] as const;

type Look = (typeof cases)[number]['look'];

const lookWords: Readonly<Record<Look, string>> = {
  list: 'on busy lists',
  stream: 'on the stream of commands',
  'slow ones': 'on the stream of slow commands',
  overview: 'on the overview',
};

const busiest = { sort: 'changed', descending: true, find: '', from: 0, count: 50 } as const;

/** Inspectors have their first frames after so long, or are gone. */
const openedMs = 200;

/**
 * The load runs for so long before a slice. V8 drops code whenever inspectors come or go, and compiles it again in other
 * threads, for a second or two.
 */
const settleMs = paced(1_500, 500);

/**
 * What clients get of the server while inspectors look at what they do, and when nobody looks, in the same process: one
 * process may be a tenth faster than the next, which is more than what inspectors cost.
 */
export async function measureInspectors(bundle: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { look, inspectors: count, atLeast } of cases) {
    const server = await LoadedServer.start(bundle, ['--memory']);
    await watched(server, { look, count }, () => server.warmUp());
    await server.warmUp();
    const ours = { measure: () => watched(server, { look, count }, () => settled(server)) };
    const pairs = await measurePairs(ours, { measure: () => settled(server) }, pairsPerCase);
    await server.stop();
    const what = `${loadWords}, ${count} inspectors ${lookWords[look]}`;
    rows.push(...pairRows(pairs, { what, plainIs: 'with none', atLeast }));
  }
  return rows;
}

async function settled(server: LoadedServer): Promise<Slice> {
  await server.warmUp(settleMs);
  return server.measure();
}

async function watched<T>(
  { port }: LoadedServer,
  { look, count }: { readonly look: Look; readonly count: number },
  work: () => Promise<T>,
): Promise<T> {
  const inspectors: ListInspector[] = [];
  while (inspectors.length < count) inspectors.push(await ListInspector.open(port));
  for (const each of inspectors) await begin(each, look);
  await pause(openedMs);
  const result = await work();
  for (const each of inspectors) each.close();
  await pause(openedMs);
  return result;
}

async function begin(inspector: ListInspector, look: Look): Promise<void> {
  switch (look) {
    case 'list':
      await inspector.show(busiest);
      return;
    case 'stream':
      await inspector.ask({ type: 'stream', number: 1 });
      return;
    case 'slow ones':
      await inspector.ask({ type: 'stream', number: 1, slowerThanMs: 1_000 });
      return;
    case 'overview':
      await inspector.ask({ type: 'overview', number: 1 });
  }
}
