import { join } from 'node:path';
import { systemClock } from '../../../server/clock.ts';
import { readConfig } from '../../../server/config/readConfig.mjs';
import { createServer } from '../../../server/createServer.ts';
import { createLog } from '../../../server/log.ts';
import { journalDirectory } from '../../../server/store/journal/dataFiles.ts';
import { diskFiles } from '../../../server/store/journal/files.ts';
import { JournalStore } from '../../../server/store/journal/journalStore.ts';
import { directoryLock } from '../../../server/store/journal/lock.ts';

// Started by the crash runs, as a process: the server, with logs that are soon replaced by snapshots, so
// that a kill often comes while that is being done.

const asked = readConfig({
  args: process.argv.slice(2),
  env: {},
  readFile: () => '',
  tryDirectory: () => undefined,
});
if (!asked.ok || asked.value.kind !== 'serve') throw new Error('These flags start no server');
const { config } = asked.value;
const { data } = config;
if (data.kind !== 'disk') throw new Error('Give --data DIR');
const directory = join(data.path, journalDirectory);
const log = createLog({
  level: 'warn',
  write: (line) => process.stderr.write(`${line}\n`),
  nowMs: () => Date.now(),
});
const server = createServer(config, {
  version: 'crash',
  log,
  createStore: (parts) =>
    new JournalStore({
      ...parts,
      clock: systemClock,
      files: diskFiles(directory),
      acquireLock: directoryLock(directory, `${process.pid}`),
      directory,
      durability: data.durability,
      compaction: { minLogBytes: 20_000, maxAgeMs: 3_600_000 },
      log,
    }),
});
const { url } = await server.listen();
process.stdout.write(`Seshdeck on ${url}\n`);
