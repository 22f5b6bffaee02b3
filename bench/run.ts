// `npm run bench`: what we do, and in the same run what the nearest plain thing does. The ratio is the
// finding; rates depend on the machine and on who else uses it. Without a name the parts of `always` run, each
// in short; `npm run bench -- flood` runs one part at length, `-- flood --short` in short. `-- --save` keeps the
// ratios for later runs to be compared with, `-- stall --data` measures stalls with data on disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { savedRatios, saveRatios } from './baseline.ts';
import { measureDoor, measureMemory, measureReading } from './storeRows.ts';
import { measureClient } from './clientRows.ts';
import { measureCluster, measureFailover } from './clusterRows.ts';
import { measureConnections } from './connectionRows.ts';
import { measureConsoleList } from './consoleListRows.ts';
import { measureExpress } from './expressRows.ts';
import { measureInspectors } from './inspectorRows.ts';
import { measureFlood } from './floodRows.ts';
import { measureDurability, measureMillion } from './journalRows.ts';
import { measureGrowth } from './growthRows.ts';
import { measureLists } from './listRows.ts';
import { measureSessions } from './memoryRows.ts';
import { chosenParts } from './pace.ts';
import { pairCounts } from './pairs.ts';
import { isMet, print, printHead, type Row } from './rows.ts';
import { measureSizes } from './sizeRows.ts';
import { measureSearch } from './searchRows.ts';
import { measureReach } from './reachRows.ts';
import { measureStalls, measureStart } from './serverRows.ts';
import { measureStallCases } from './stallCases.ts';
import { measureTimelines } from './timelineRows.ts';
import { measureValue } from './valueRows.ts';
import { measureFirstVisit } from './visitRows.ts';

const isOnDisk = process.argv.includes('--data');

/** A part's rows; `bundle` is the server as it is shipped, with the console beside it. */
const parts: Record<string, (bundle: string) => Promise<Row[]>> = {
  server: async (bundle) => [...(await measureReach(bundle)), await measureStart(bundle)],
  client: measureClient,
  express: measureExpress,
  sizes: measureSizes,
  stall: async (bundle) => [
    await measureStalls(bundle),
    ...(await measureStallCases(bundle, { isOnDisk })),
  ],
  store: () => Promise.resolve([measureMemory(), measureReading(), ...measureDoor()]),
  journal: async (bundle) => [...(await measureDurability(bundle)), ...(await measureMillion())],
  memory: async (bundle) => [
    ...(await measureSessions(bundle)),
    ...(await measureConnections(bundle)),
  ],
  cluster: measureCluster,
  failover: measureFailover,
  growth: measureGrowth,
  list: measureLists,
  sessions: measureConsoleList,
  timeline: measureTimelines,
  inspectors: measureInspectors,
  visit: measureFirstVisit,
  flood: measureFlood,
  search: measureSearch,
  value: measureValue,
};

/** What runs when nothing is named: under five minutes together, on a quiet machine with two processors. */
const always = [
  'server',
  'sizes',
  'store',
  'journal',
  'memory',
  'growth',
  'sessions',
  'inspectors',
  'visit',
];

/** Builds what is shipped. @returns The server's bundle. */
async function buildAll(outDir: string): Promise<string> {
  await build({
    logLevel: 'silent',
    root: 'web',
    configFile: 'vite.config.ts',
    build: { outDir: join(outDir, 'web') },
  });
  const input = ['server/main.ts', 'server/inProcess.ts'];
  await build({ logLevel: 'silent', build: { ssr: true, outDir, rolldownOptions: { input } } });
  return join(outDir, 'server.mjs');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const isSaving = process.argv.includes('--save');
const unknown = chosenParts.filter((name) => !(name in parts));
if (unknown.length > 0) {
  throw new Error(
    `There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`,
  );
}

const outDir = mkdtempSync(join(tmpdir(), 'seshdeck-bench-'));
try {
  const bundle = await buildAll(outDir);
  const saved = savedRatios();
  printHead();
  const names = chosenParts.length > 0 ? chosenParts : always;
  const found: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (!names.includes(name)) continue;
    const rows = await measure(bundle).catch((error: unknown) => {
      // The other parts still count.
      say(`The part ${name} failed: ${String(error)}`);
      process.exitCode = 1;
      return [];
    });
    found.push(...rows);
    print(rows, saved);
    // At once: what comes later may fail.
    if (isSaving) saveRatios(rows);
  }
  const goals = found.map(isMet);
  const countOf = (wanted: boolean) => goals.filter((each) => each === wanted).length;
  say(`${countOf(true)} goals are met, ${countOf(false)} are missed.`);
  const { all, disturbed } = pairCounts;
  if (disturbed > 0) {
    say(`Others used the processors during ${disturbed} of ${all} pairs; the quietest ones count.`);
  }
  // Who waits for the processor makes every time longer: read the goals in times with this beside.
  const [load = 0] = loadavg();
  say(`Load of the machine ${load.toFixed(1)} on ${cpus().length} processors.`);
} finally {
  rmSync(outDir, { recursive: true });
}
// What a part that failed has left open does not keep us.
process.exit();
