// `npm run bench`: what we do, and in the same run what the nearest plain thing does. The ratio is the
// finding; rates depend on the machine and on who else uses it. `npm run bench -- flood` runs one part.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { measureMemory, measureReading } from './engineRows.ts';
import { measureFlood } from './floodRows.ts';
import { print, printHead, type Row } from './rows.ts';
import { measureSearch } from './searchRows.ts';
import { measureRates, measureStalls, measureStart } from './serverRows.ts';
import { measureFirstVisit } from './visitRows.ts';

/** A part's rows; `bundle` is the server as it is shipped, with the console beside it. */
const parts: Record<string, (bundle: string) => Promise<Row[]>> = {
  server: async (bundle) => [...(await measureRates(bundle)), await measureStart(bundle)],
  stall: async (bundle) => [await measureStalls(bundle)],
  engine: () => Promise.resolve([measureMemory(), measureReading()]),
  visit: measureFirstVisit,
  flood: measureFlood,
  search: measureSearch,
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

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in parts));
if (unknown.length > 0) {
  throw new Error(
    `There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`,
  );
}

const outDir = mkdtempSync(join(tmpdir(), 'seshdeck-bench-'));
try {
  const bundle = await buildAll(outDir);
  printHead();
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length === 0 || chosen.includes(name)) print(await measure(bundle));
  }
} finally {
  rmSync(outDir, { recursive: true });
}
