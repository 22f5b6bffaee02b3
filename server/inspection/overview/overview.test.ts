import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { JournalledStore } from '../../../test/server/journalledStore.ts';
import { readMetrics } from '../../../test/server/readMetrics.ts';
import { startTestServer, type TestServer } from '../../../test/server/testServer.ts';
import { statusName } from '../../../protocol/status.ts';
import { overviewMs } from './overviewWatch.ts';

let clock: FakeClock;
let server: TestServer;
let inspector: Inspector;

beforeEach(async () => {
  clock = new FakeClock();
  server = await startTestServer([], {
    clock,
    process: { nodeVersion: '20.0.0', residentBytes: () => 7_000, cpuSec: () => 1.5 },
    createStore: (parts) => new JournalledStore(parts),
  });
  ({ inspector } = await Inspector.start(server, clock));
});
afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

async function next() {
  await inspector.handled();
  clock.advance(0);
  return inspector.next('overview');
}

const scrape = async () => readMetrics(await (await fetch(`${server.url}/metrics`)).text()).values;

test('the figures are those of /metrics', async () => {
  const client = await server.connect();
  await (await server.connect()).ask('{"SV_INFO":{}}');
  const tkn = await client.newSession('{"name":"cart"}');
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":1,"b":"ä"}}}`);
  for (const odd of ['{"KV_GET":{"tkn":"1","keys":["a"]}}', 'nonsense', '{"NOPE":{}}'])
    await client.ask(odd);
  server.server.noteFault(new Error('planted'));
  clock.advance(1_000);
  await inspector.next('sessions');
  inspector.ask({ type: 'overview', number: 4 });
  const overview = await next();
  const metrics = await scrape();
  const { now, commands } = overview;
  expect(overview.number).toBe(4);
  const figures: Record<string, number | undefined> = {
    seshdeck_sessions: now.sessions,
    seshdeck_keys: now.keys,
    seshdeck_bytes: now.bytes,
    'seshdeck_connections{kind="data"}': now.clients,
    'seshdeck_connections{kind="inspection"}': overview.inspectors,
    seshdeck_faults_total: overview.faults,
    seshdeck_heap_limit_bytes: overview.heapLimitBytes,
    process_resident_memory_bytes: now.residentBytes,
    process_cpu_seconds_total: (now.cpuMs ?? 0) / 1000,
    seshdeck_journal_sync_seconds_count: overview.syncs?.count,
    seshdeck_journal_sync_seconds_sum: (overview.syncs?.totalUs ?? 0) / 1_000_000,
  };
  for (const [name, figure] of Object.entries(figures))
    expect([name, metrics.get(name)]).toEqual([name, figure]);
  const series = new Map(
    commands.flatMap(({ command = 'none', statuses }) =>
      statuses.map(({ status, count }) => [
        `seshdeck_commands_total{command="${command}",status="${statusName(status)}"}`,
        count,
      ]),
    ),
  );
  expect(series).toEqual(
    new Map([...metrics].filter(([name]) => name.startsWith('seshdeck_commands_total'))),
  );
  for (const { command = 'none', totalUs } of commands)
    expect(totalUs / 1_000_000).toBeCloseTo(
      metrics.get(`seshdeck_command_seconds_sum{command="${command}"}`) ?? 0,
      5,
    );
  expect([now.answered, now.failed]).toEqual([6, 3]);
});

test('they come once a second until the inspector has seen enough', async () => {
  inspector.ask({ type: 'overview', number: 1 });
  const first = await next();
  clock.advance(overviewMs);
  const second = await inspector.next('overview');
  expect(second.now.atMs - first.now.atMs).toBe(overviewMs);
  inspector.ask({ type: 'unoverview' });
  await inspector.handled();
  clock.advance(3 * overviewMs);
  await inspector.handled();
  expect(inspector.unread).toBe(0);
});
