import { ListInspector } from './inspector.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { median, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const clientCount = 50;
const requestsAtOnce = 16;
const roundMs = 1_000;
const rounds = 5;

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

const busiest = {
  sort: 'changed',
  descending: true,
  find: '',
  from: 0,
  count: clientCount,
} as const;

/** What clients get of the server while inspectors look at what they do. */
export async function measureInspectors(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const clients: { client: LoadClient; requests: string[] }[] = [];
  for (let number = 0; number < clientCount; number += 1) {
    const client = await LoadClient.open(server.port);
    const made = await client.ask(`{"SH_NEW":{"name":"session ${number}"}}`);
    const tkn = /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
    const requests = Array.from(
      { length: requestsAtOnce },
      (_, key) => `{"KV_SET":{"tkn":"${tkn}","keys":{"key ${key}":"${'v'.repeat(100)}"}}}`,
    );
    clients.push({ client, requests });
  }
  const rate = async () => {
    const rates = clients.map(({ client, requests }) => client.rate(requests, roundMs));
    return (await Promise.all(rates)).reduce((sum, each) => sum + each, 0);
  };
  const rateWith = async (count: number, look: Look) => {
    const inspectors: ListInspector[] = [];
    while (inspectors.length < count) inspectors.push(await ListInspector.open(server.port));
    for (const each of inspectors) await begin(each, look);
    const found = await rate();
    for (const each of inspectors) each.close();
    return found;
  };
  await rate();
  const rows: Row[] = [];
  for (const { look, inspectors, atLeast } of cases) {
    const [ours, plain]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      plain.push(await rateWith(0, look));
      ours.push(await rateWith(inspectors, look));
    }
    rows.push({
      what: `KV_SET of ${clientCount} × ${requestsAtOnce} with ${inspectors} inspectors ${lookWords[look]}`,
      unit: 'replies/s',
      ours: median(ours),
      plain: median(plain),
      plainIs: 'with none',
      goal: { of: 'ratio', atLeast },
    });
  }
  for (const { client } of clients) client.close();
  await server.stop();
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
