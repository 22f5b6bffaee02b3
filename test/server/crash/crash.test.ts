import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crashProgram } from './crashProgram.ts';
import { CrashRun } from './crashRun.ts';
import { createRandom } from './random.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-crash-'));
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
    const program = await crashProgram(directory, durability);
    const run = new CrashRun({ ...program, random: createRandom(seed) });
    let confirmed = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const result = await run.round();
      expect({ seed, round, faults: result.faults }).toEqual({ seed, round, faults: [] });
      confirmed += result.confirmed;
    }
    expect(confirmed).toBeGreaterThan(0);
  },
);
