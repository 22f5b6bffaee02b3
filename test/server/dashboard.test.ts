import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JournalledStore } from './journalledStore.ts';
import { readMetrics } from './readMetrics.ts';
import { startTestServer } from './testServer.ts';

const file = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const metric = /\b(?:seshdeck|process)_[a-z_]+\b/g;

interface Panel {
  readonly targets: readonly { readonly expr: string }[];
}

/** Names of all metrics there are. */
async function metricNames(): Promise<ReadonlySet<string>> {
  const server = await startTestServer([], {
    process: { nodeVersion: '20.0.0', residentBytes: () => 7, cpuSec: () => 1.5 },
    beginCollection: () => undefined,
    createStore: (parts) => new JournalledStore(parts),
  });
  const client = await server.connect();
  await client.newSession();
  const scrape = async () => readMetrics(await (await fetch(`${server.url}/metrics`)).text());
  // The event loop is first asked after 50 ms.
  await expect
    .poll(async () => (await scrape()).names)
    .toContain('seshdeck_event_loop_delay_seconds_bucket');
  const { names } = await scrape();
  await server.stop();
  return names;
}

test('the dashboard and the docs name the metrics that there are, and all of them', async () => {
  const names = await metricNames();
  const { panels } = JSON.parse(file('grafana/seshdeck.json')) as { panels: Panel[] };
  const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const inDashboard = expressions.flatMap((expr) => expr.match(metric) ?? []);
  expect(inDashboard.filter((name) => !names.has(name))).toEqual([]);
  const families = new Set([...names].map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  const inDocs = new Set(file('operations.md').match(metric));
  expect([...families].filter((name) => !inDocs.has(name))).toEqual([]);
  expect([...inDocs].filter((name) => !families.has(name))).toEqual([]);
  const shown = new Set(inDashboard.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  expect([...families].filter((name) => !shown.has(name))).toEqual([]);
});
