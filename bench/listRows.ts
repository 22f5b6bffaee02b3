import type { JsonText } from '../protocol/json/jsonText.ts';
import { ListInspector, type ListRequest } from './inspector.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import type { Row } from './rows.ts';
import { startServer, turnRecorder, type ServerProcess } from './serverProcess.ts';
import { longestTrip } from './stall.ts';

interface Question {
  readonly what: string;
  readonly question: ListRequest;
  readonly atMostMs: number;
}

const manySessions = 1_000_000;
const manyValues = 100_000;
const valueLength = 2_048;

const inMemory = ['--memory', '--port', '0', '--log-level', 'error'];

const newest = { sort: 'created', descending: true, find: '', from: 0, count: 50 } as const;

const questions: readonly Question[] = [
  { what: 'opening the list', question: newest, atMostMs: 2_000 },
  {
    what: 'paging to the middle',
    question: { ...newest, from: manySessions / 2 },
    atMostMs: 2_000,
  },
  { what: 'sorting by name', question: { ...newest, sort: 'name' }, atMostMs: 2_000 },
  { what: 'sorting by bytes', question: { ...newest, sort: 'bytes' }, atMostMs: 2_000 },
  { what: 'grouping', question: { ...newest, separator: '7' }, atMostMs: 2_000 },
  { what: 'finding by name', question: { ...newest, find: 'user:77777' }, atMostMs: 300 },
];

const contentQuestions: readonly Question[] = [
  {
    what: 'finding a text that is nowhere in values',
    question: { ...newest, content: { text: 'Nobody has this' } },
    atMostMs: 3_000,
  },
  {
    what: 'finding the sessions of one user',
    question: {
      ...newest,
      content: {
        path: '$.user.id',
        condition: { operator: '==', value: '77777' as JsonText },
      },
    },
    atMostMs: 3_000,
  },
];

async function fill(port: number): Promise<void> {
  const client = await LoadClient.open(port);
  for (let from = 0; from < manySessions; from += 500) {
    const names = Array.from({ length: 500 }, (_, index) => ((from + index) * 7_919) % 1_000_003);
    await client.askAll(names.map((name) => `{"SH_NEW":{"name":"user:${name}"}}`));
  }
  client.close();
}

async function fillWithValues(port: number): Promise<void> {
  const client = await LoadClient.open(port);
  const text = 'Lorem ipsum dolor sit amet. '.repeat(100);
  for (let from = 0; from < manyValues; from += 500) {
    const tokens: string[] = [];
    for (let id = from; id < from + 500; id += 1) {
      const made = await client.ask(`{"SH_NEW":{"name":"user:${id}"}}`);
      tokens.push(/"tkn":"(\d+)"/.exec(made)?.[1] ?? '');
    }
    await client.askAll(
      tokens.map((tkn, index) => {
        const start = `{"user":{"id":${from + index}},"text":"`;
        const value = `${start}${text.slice(0, valueLength - start.length - 2)}"}`;
        return `{"KV_SET":{"tkn":"${tkn}","keys":{"cart":${value}}}}`;
      }),
    );
  }
  client.close();
}

/** Who asks, and whom. */
interface Clients {
  readonly server: ServerProcess;
  readonly inspector: ListInspector;
  readonly other: LoadClient;
}

/** Time until rows come, and how long others wait until then. */
async function measure(
  { what, question, atMostMs }: Question,
  { server, inspector, other }: Clients,
): Promise<Row[]> {
  const startedMs = performance.now();
  let tookMs = 0;
  const asked = inspector.show(question).then(() => (tookMs = performance.now() - startedMs));
  const turns = server.recordTurns();
  const waitMs = await longestTrip(other, '{"SV_INFO":{}}', asked);
  const { cpuMs } = await turns.end();
  const row = { unit: 'ms', plainIs: 'the goal', goal: { of: 'ratio', atMost: 1 } } as const;
  const rows: Row[] = [
    { ...row, what, ours: tookMs, plain: atMostMs },
    { ...row, what: `longest wait of another client: ${what}`, ours: waitMs, plain: 20 },
  ];
  // A busy machine does not change it much. What helpers do in a collection of garbage is not in it.
  const cpu = { ...row, what: `processor time of one turn: ${what}`, ours: cpuMs, plain: 20 };
  return Number.isNaN(cpuMs) ? rows : [...rows, cpu];
}

async function measureAll(
  bundle: string,
  begin: (port: number) => Promise<void>,
  asked: readonly Question[],
): Promise<Row[]> {
  const server = await startServer([...turnRecorder, bundle, ...inMemory]);
  await begin(server.port);
  const other = await LoadClient.open(server.port);
  const inspector = await ListInspector.open(server.port);
  const rows: Row[] = [];
  for (const each of asked) rows.push(...(await measure(each, { server, inspector, other })));
  inspector.close();
  other.close();
  await server.stop();
  return rows;
}

/** A million sessions in the inspector, and 100,000 values of 2 kB. */
export async function measureLists(bundle: string): Promise<Row[]> {
  const of = (many: number, all: readonly Question[]) =>
    all.map((each) => ({ ...each, what: `${each.what} of ${many} sessions` }));
  return [
    ...(await measureAll(bundle, fill, of(manySessions, questions))),
    ...(await measureAll(bundle, fillWithValues, of(manyValues, contentQuestions))),
  ];
}
