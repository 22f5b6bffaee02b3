import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleServer } from '../bundleServer.ts';
import { createRandom } from '../crash/random.ts';
import { whyNoRedis } from '../whyNoRedis.ts';
import { ClusterCrashRun, type RoundResult } from './clusterCrashRun.ts';
import { disturbances, type Disturbance } from './disturbances.ts';
import { Site, type Ack } from './site.ts';

/** What to run. */
export interface RoundsOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly ack: Ack;
  /** A part of the names of the disturbances; empty: all. */
  readonly kind: string;
  readonly say: (line: string) => void;
}

/** Rounds with all disturbances in turn. @returns Whether all is as promised. */
export async function runRounds(options: RoundsOptions): Promise<boolean> {
  const { rounds, seed, ack, kind, say } = options;
  if (whyNoRedis !== undefined) throw new Error(`This ${whyNoRedis}`);
  const chosen = disturbances.filter(({ name }) => name.includes(kind));
  if (chosen.length === 0) throw new Error(`No disturbance has "${kind}" in its name`);
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-cluster-crash-'));
  const sums = new Map<Disturbance, RoundResult[]>();
  let isGood = true;
  say(`${rounds} rounds, ${ack}, seed ${seed}`);
  const site = await Site.start(await bundleServer(directory), ack);
  try {
    const run = new ClusterCrashRun(site, createRandom(seed));
    for (let round = 0; round < rounds; round += 1) {
      const disturbance = chosen[round % chosen.length];
      if (!disturbance) break;
      const result = await run.round(disturbance);
      sums.set(disturbance, [...(sums.get(disturbance) ?? []), result]);
      for (const fault of result.faults) say(`round ${round + 1}, ${disturbance.name}: ${fault}`);
      for (const [at, suspect] of result.suspects.entries()) {
        const file = path.join(tmpdir(), `seshdeck-history-${seed}-${round + 1}-${at}.json`);
        writeFileSync(file, JSON.stringify(suspect));
        say(`round ${round + 1}: what happened to a session is in ${file}`);
      }
      isGood &&= isAsPromised(disturbance, result, ack);
      say(lineOf(`${round + 1}. ${disturbance.name}`, [result]));
    }
  } finally {
    await site.stop();
    rmSync(directory, { recursive: true });
  }
  say('\nIn all:');
  for (const [{ name }, results] of sums) say(lineOf(name, results));
  return isGood;
}

/** Replies to readers that may be lost are counted; all else must be there. */
function isAsPromised({ mayLoseReads }: Disturbance, result: RoundResult, ack: Ack): boolean {
  const { lostWrites, lostReads, faults } = result;
  if (faults.length > 0) return false;
  if (ack === 'master') return true;
  return lostWrites === 0 && (mayLoseReads === true || lostReads === 0);
}

function lineOf(name: string, results: readonly RoundResult[]): string {
  const sum = (count: (result: RoundResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const gapMs = Math.round(Math.max(...results.map(({ longestGapMs }) => longestGapMs)));
  return [
    name,
    `rounds ${results.length}`,
    `confirmed ${sum(({ confirmed }) => confirmed)}`,
    `unknown ${sum(({ unknown }) => unknown)}`,
    `lost writes ${sum(({ lostWrites }) => lostWrites)}`,
    `lost reads ${sum(({ lostReads }) => lostReads)}`,
    `late ${sum(({ late }) => late)}`,
    `longest wait ${gapMs} ms`,
    `faults ${sum(({ faults }) => faults.length)}`,
  ].join(', ');
}
