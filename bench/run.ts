// `npm run bench`: what we do, and in the same run what the nearest plain thing does. The ratio is the
// finding; rates depend on the machine and on who else uses it. `npm run bench -- flood` runs one part,
// `-- --save` keeps the ratios for later runs to be compared with,
// `-- stall --data` measures stalls with data on disk.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { savedRatios, saveRatios } from './baseline.ts';
import { measureDoor, measureMemory, measureReading } from './storeRows.ts';
import { measureConsoleList } from './consoleListRows.ts';
import { measureInspectors } from './inspectorRows.ts';
import { measureFlood } from './floodRows.ts';
import { measureDurability, measureMillion } from './journalRows.ts';
import { measureLists } from './listRows.ts';
import { measureSessions } from './memoryRows.ts';
import { print, printHead, type Row } from './rows.ts';
import { measureSearch } from './searchRows.ts';
import { measureRates, measureStalls, measureStart } from './serverRows.ts';
import { measureStallCases } from './stallCases.ts';
import { measureTimelines } from './timelineRows.ts';
import { measureValue } from './valueRows.ts';
import { measureFirstVisit } from './visitRows.ts';

const isOnDisk = process.argv.includes('--data');

/** A part's rows; `bundle` is the server as it is shipped, with the console beside it. */
const parts: Record<string, (bundle: string) => Promise<Row[]>> = {
  server: async (bundle) => [...(await measureRates(bundle)), await measureStart(bundle)],
  stall: async (bundle) => [
    await measureStalls(bundle),
    ...(await measureStallCases(bundle, { isOnDisk })),
  ],
  store: () => Promise.resolve([measureMemory(), measureReading(), ...measureDoor()]),
  journal: async (bundle) => [...(await measureDurability(bundle)), ...(await measureMillion())],
  memory: measureSessions,
  list: measureLists,
  sessions: measureConsoleList,
  timeline: measureTimelines,
  inspectors: measureInspectors,
  visit: measureFirstVisit,
  flood: measureFlood,
  search: measureSearch,
  value: measureValue,
};

/** Builds what is shipped. @returns The server's bundle. */
async function buildAll(outDir: string): Promise<string> {
  await build({
    logLevel: 'silent',
    root: 'web',
    configFile: 'vite.config.ts',
    build: { outDir: join(outDir, 'web') },
  });
  await build({ logLevel: 'silent', build: { ssr: 'server/main.ts', outDir } });
  return join(outDir, 'server.mjs');
}

const isSaving = process.argv.includes('--save');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = chosen.filter((name) => !(name in parts));
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
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const rows = await measure(bundle);
    print(rows, saved);
    // At once: what comes later may fail.
    if (isSaving) saveRatios(rows);
  }
  // Who waits for the processor makes every time longer: read the goals in times with this beside.
  const [load = 0] = loadavg();
  process.stdout.write(`Load of the machine ${load.toFixed(1)} on ${cpus().length} processors.\n`);
} finally {
  rmSync(outDir, { recursive: true });
}
