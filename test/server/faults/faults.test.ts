import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPrograms, FaultRun } from './faultRun.ts';
import { faults } from './faults.ts';

let directory: string;
let run: FaultRun;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-faults-'));
  const programs = await buildPrograms(directory);
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
