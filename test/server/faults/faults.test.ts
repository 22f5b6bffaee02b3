import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMetrics } from '../readMetrics.ts';
import { ServerRun } from '../serverRun.ts';
import { TestClient } from '../testServer.ts';
import { buildPrograms, FaultRun, type Programs } from './faultRun.ts';
import { faults } from './faults.ts';

let directory: string;
let programs: Programs;
let run: FaultRun;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-faults-'));
  programs = await buildPrograms(directory);
  const flags = ['--data', path.join(directory, 'data')];
  run = await FaultRun.start({ programs, flags, size: 'small' });
}, 60_000);

afterAll(async () => {
  await run.stop();
  rmSync(directory, { recursive: true, force: true });
});

// `npm run faults` does much more of each, and measures memory and how long others wait.
test.each(faults.filter(({ flags }) => !flags).map((fault) => [fault.name, fault] as const))(
  'a server survives clients that %s, and holds nothing of them',
  { timeout: 60_000 },
  async (_name, fault) => {
    const { isAlive, bugs, before, after } = await run.suffer(fault);
    expect({ isAlive, bugs }).toEqual({ isAlive: true, bugs: [] });
    expect(after.descriptors).toBeLessThanOrEqual(before.descriptors);
  },
);

test('the memory of removed data goes back to the system when the server is idle', async () => {
  const server = new ServerRun([programs.server, '--port', '0', '--memory'], {});
  const port = await server.listening();
  const scrape = async () =>
    readMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).values;
  const resident = async () => (await scrape()).get('process_resident_memory_bytes') ?? Number.NaN;
  const before = await resident();
  const client = await TestClient.open(`ws://127.0.0.1:${port}`);
  const tkn = await client.newSession();
  const value = 'v'.repeat(200);
  for (let from = 0; from < 200_000; from += 5_000) {
    const keys = Array.from({ length: 5_000 }, (_, index) => `"${from + index}":"${value}"`);
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{${keys.join()}}}}`);
  }
  const full = await resident();
  await client.ask(`{"SH_END":{"tkn":"${tkn}"}}`);
  await expect
    .poll(async () => (await scrape()).get('seshdeck_idle_collection_seconds_count'), {
      timeout: 60_000,
      interval: 2_000,
    })
    .toBe(3);
  // Buffers and compiled code stay. Looking more often makes garbage, which V8 keeps room for.
  await expect
    .poll(async () => (await resident()) - before, { timeout: 20_000, interval: 2_000 })
    .toBeLessThan((full - before) / 2);
  client.socket.terminate();
  server.child.kill('SIGTERM');
  await server.ended;
}, 90_000);
