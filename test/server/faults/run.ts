// `npm run faults`: a real server, clients that misbehave, and one that has nothing to do with it. `-- --memory`
// for a server without a data directory, `-- pings` for the faults with that word in their name.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildPrograms, FaultRun, isBack, type Outcome } from './faultRun.ts';
import { faults } from './faults.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { memory: { type: 'boolean', default: false } },
});

/** Longest wait of somebody else. */
const maxWaitMs = 100;

const say = (line: string) => process.stdout.write(`${line}\n`);
const columns = [
  ['fault', -50],
  ['alive', 5],
  ['at rest', 9],
  ['longest', 9],
  ['processor', 9],
  ['replies', 8],
  ['MB before', 9],
  ['after', 6],
  ['files', 6],
  ['after', 6],
] as const;
const line = (cells: readonly string[]) =>
  cells
    .map((cell, index) => {
      const width = columns[index]?.[1] ?? 0;
      return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
    })
    .join('  ');

function rowOf(name: string, { isAlive, rest, during, before, after }: Outcome): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  return line([
    name,
    isAlive ? 'yes' : 'NO',
    ms(rest.longestMs),
    ms(during.longestMs),
    ms(during.longestCpuMs),
    String(during.replies),
    megabytes(before.residentBytes),
    megabytes(after.residentBytes),
    String(before.descriptors),
    String(after.descriptors),
  ]);
}

function faultsIn(outcome: Outcome): string[] {
  const { isAlive, during, bugs } = outcome;
  return [
    ...(isAlive ? [] : ['the server is gone']),
    ...(during.longestMs <= maxWaitMs ? [] : [`somebody else waited more than ${maxWaitMs} ms`]),
    ...(isBack(outcome) ? [] : ['memory or files did not come back']),
    ...bugs,
  ];
}

const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-faults-'));
const programs = await buildPrograms(directory);
let found = 0;
say(line(columns.map(([title]) => title)));
for (const fault of faults) {
  const isChosen = positionals.some((word) => fault.name.includes(word));
  if (positionals.length > 0 && !isChosen) continue;
  const data = path.join(directory, 'data');
  const flags = values.memory ? ['--memory'] : ['--data', data];
  // A fresh server for each: what one leaves behind is not taken for the next one's.
  const all = [...flags, ...(fault.flags ?? [])];
  const run = await FaultRun.start({ programs, flags: all, size: 'full' });
  const outcome = await run.suffer(fault);
  await run.stop();
  rmSync(data, { recursive: true, force: true });
  say(rowOf(fault.name, outcome));
  for (const each of faultsIn(outcome)) {
    found += 1;
    say(`  ${each}`);
  }
}
say(`${found} findings`);
rmSync(directory, { recursive: true });
process.exitCode = found === 0 ? 0 : 1;
