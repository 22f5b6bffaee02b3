import { ListInspector } from './inspector.ts';
import { LoadedServer, loadWords, measurePairs, pairRows } from './loadedServer.ts';
import { paced } from './pace.ts';
import type { Row } from './rows.ts';

const pairsPerCase = paced(15, 5);

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

/** What clients get of the server while inspectors look at what they do. */
export async function measureInspectors(bundle: string): Promise<Row[]> {
  const plain = await LoadedServer.start(bundle, ['--memory']);
  await plain.warmUp();
  const rows: Row[] = [];
  for (const { look, inspectors: count, atLeast } of cases) {
    const watched = await LoadedServer.start(bundle, ['--memory']);
    const inspectors: ListInspector[] = [];
    while (inspectors.length < count) inspectors.push(await ListInspector.open(watched.port));
    for (const each of inspectors) await begin(each, look);
    await watched.warmUp();
    const pairs = await measurePairs(watched, plain, pairsPerCase);
    for (const each of inspectors) each.close();
    await watched.stop();
    const what = `${loadWords}, ${count} inspectors ${lookWords[look]}`;
    rows.push(...pairRows(pairs, { what, plainIs: 'with none', atLeast }));
  }
  await plain.stop();
  return rows;
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
