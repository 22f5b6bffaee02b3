import { ListInspector } from './inspector.ts';
import { LoadClient } from './loadClient.ts';
import type { Row } from './rows.ts';
import { startServer } from './serverProcess.ts';
import { longestTrip } from './stall.ts';

const sessions = 1_000_000;

const newest = { sort: 'created', descending: true, find: '', from: 0, count: 50 } as const;

const questions = [
  { what: 'opening the list', question: newest, atMostMs: 2_000 },
  { what: 'paging to the middle', question: { ...newest, from: sessions / 2 }, atMostMs: 2_000 },
  { what: 'sorting by name', question: { ...newest, sort: 'name' }, atMostMs: 2_000 },
  { what: 'finding by name', question: { ...newest, find: 'user:77777' }, atMostMs: 300 },
] as const;

async function fill(port: number): Promise<void> {
  const client = await LoadClient.open(port);
  for (let from = 0; from < sessions; from += 500) {
    const names = Array.from({ length: 500 }, (_, index) => ((from + index) * 7_919) % 1_000_003);
    await client.askAll(names.map((name) => `{"SH_NEW":{"name":"user:${name}"}}`));
  }
  client.close();
}

/** A million sessions in the inspector: time until rows come, and how long others wait for it. */
export async function measureLists(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  await fill(server.port);
  const other = await LoadClient.open(server.port);
  const inspector = await ListInspector.open(server.port);
  const rows: Row[] = [];
  for (const { what, question, atMostMs } of questions) {
    const startedMs = performance.now();
    let tookMs = 0;
    const asked = inspector.show(question).then(() => (tookMs = performance.now() - startedMs));
    const waitMs = await longestTrip(other, '{"SV_INFO":{}}', asked);
    rows.push(
      {
        what: `${what} of ${sessions} sessions`,
        unit: 'ms',
        ours: tookMs,
        plain: atMostMs,
        plainIs: 'the goal',
        goal: { of: 'ratio', atMost: 1 },
      },
      {
        what: `longest wait of another client: ${what} of ${sessions} sessions`,
        unit: 'ms',
        ours: waitMs,
        plain: 20,
        plainIs: 'the goal',
        goal: { of: 'ratio', atMost: 1 },
      },
    );
  }
  inspector.close();
  other.close();
  await server.stop();
  return rows;
}
