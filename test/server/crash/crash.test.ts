import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleServer } from '../bundleServer.ts';
import { CrashRun } from './crashRun.ts';
import { createRandom } from './random.ts';

let directory: string;
let file: string;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-crash-'));
  file = await bundleServer(directory, 'test/server/crash/crashServer.ts');
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

// `npm run crash` does many more, and prints what it finds with the seed.
test.each([
  ['commit', 4],
  ['relaxed', 1],
] as const)(
  'what a server with --durability %s confirmed is there after SIGKILL',
  { timeout: 120_000 },
  async (durability, rounds) => {
    const seed = Date.now() % 1_000_000;
    const data = path.join(directory, durability);
    const args = ['--port', '0', '--data', data, '--durability', durability];
    const run = new CrashRun({
      program: { file, args },
      data,
      durability,
      random: createRandom(seed),
    });
    let confirmed = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const result = await run.round();
      expect({ seed, round, faults: result.faults }).toEqual({ seed, round, faults: [] });
      confirmed += result.confirmed;
    }
    expect(confirmed).toBeGreaterThan(0);
  },
);
