// `npm run crash`: load, kill, restart, compare, 200 times. `-- --rounds 1000 --seed 7 --durability relaxed`.
// `npm run crash -- --cluster`: two servers on a Redis cluster, 30 rounds. `-- --cluster --ack strict --kind hangs`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runRounds } from '../clusterCrash/rounds.ts';
import { crashProgram } from './crashProgram.ts';
import { CrashRun } from './crashRun.ts';
import { createRandom } from './random.ts';

const { values } = parseArgs({
  options: {
    cluster: { type: 'boolean', default: false },
    ack: { type: 'string', default: 'replica' },
    kind: { type: 'string', default: '' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    durability: { type: 'string', default: 'commit' },
  },
});
const seed = Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);
const isGood = values.cluster ? await runOnCluster() : await runOnDisk();
process.exitCode = isGood ? 0 : 1;

function runOnCluster(): Promise<boolean> {
  const ack = values.ack === 'strict' || values.ack === 'master' ? values.ack : 'replica';
  const rounds = Number(values.rounds ?? 30);
  return runRounds({ rounds, seed, ack, kind: values.kind, say });
}

async function runOnDisk(): Promise<boolean> {
  const durability = values.durability === 'relaxed' ? 'relaxed' : 'commit';
  const wanted = Number(values.rounds ?? 200);
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-crash-'));
  const program = await crashProgram(directory, durability);
  const run = new CrashRun({ ...program, random: createRandom(seed) });
  const counts = { lost: 0, torn: 0, resurrected: 0, refused: 0, unreadable: 0 };
  let confirmed = 0;
  let rounds = 0;
  say(`${wanted} rounds, ${durability}, seed ${seed}`);
  while (rounds < wanted) {
    rounds += 1;
    const result = await run.round();
    confirmed += result.confirmed;
    for (const { kind, line } of result.faults) {
      counts[kind] += 1;
      say(`round ${rounds}, seed ${seed}: ${kind}: ${line}`);
    }
    if (rounds % 20 === 0) say(`round ${rounds}: ${confirmed} changes confirmed so far`);
    if (counts.unreadable > 0) break;
  }
  const found = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  say(`${rounds} rounds, ${confirmed} changes confirmed: ${found.join(', ')}`);
  const isWhole = Object.values(counts).every((count) => count === 0);
  if (isWhole) rmSync(directory, { recursive: true });
  else say(`The data is in ${program.data}`);
  return isWhole;
}
