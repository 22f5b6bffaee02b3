import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleServer } from '../../test/server/bundleServer.ts';
import { createJournalStore, openJournalStore } from '../../test/server/journalStore.ts';
import { cause } from '../../test/server/memoryStore.ts';
import { entriesOf, newSession } from '../../test/server/storeContract/storeUnderTest.ts';
import { diskFiles, makeDirectory } from '../store/journal/files.ts';
import { directoryLock } from '../store/journal/lock.ts';
import { runTool } from './runTool.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-killed-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const source = path.join(root, 'source');
const sourceBackup = path.join(root, 'backup');
let program: string;

beforeAll(async () => {
  program = await bundleServer(path.join(root, 'bundle'));
  const journal = path.join(source, '@journal');
  await makeDirectory(journal);
  const store = await openJournalStore({ files: diskFiles(journal) });
  for (let index = 0; index < 40; index += 1) {
    const token = await newSession(store);
    await store.setKeys(token, entriesOf({ large: `"${'x'.repeat(100_000)}"` }), cause);
  }
  await store.close();
  await runTool({ name: 'backup', directory: source, file: sourceBackup });
}, 60_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(root, 'case-'));
});

/** Runs a command until a file of this name appears in a directory, then kills it. */
async function killWhen(name: string, place: string, ...args: string[]): Promise<void> {
  const watcher = watch(place);
  const child = spawn(execPath, [program, ...args], { stdio: 'ignore' });
  watcher.on('change', (_event, changed) => {
    if (changed === name) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  watcher.close();
}

const digestsOf = (place: string) =>
  readdirSync(place).map((name) => {
    const bytes = readFileSync(path.join(place, name));
    return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
  });

describe.each(['restore', 'repair'] as const)('%s that is killed', (name) => {
  test.each(['LOCK', 'UNFINISHED', 'snap-1.tmp', 'snap-1', 'log-1', 'FORMAT.tmp', 'FORMAT'])(
    'when %s is there leaves nothing that passes for data, and works when it is run again',
    { timeout: 60_000 },
    async (file) => {
      const newDirectory = path.join(directory, 'new');
      const journal = path.join(newDirectory, '@journal');
      mkdirSync(journal, { recursive: true });
      const from = name === 'restore' ? sourceBackup : source;
      const before = digestsOf(path.join(source, '@journal'));
      await killWhen(file, journal, name, from, newDirectory);
      expect(digestsOf(path.join(source, '@journal'))).toEqual(before);

      const check = () => runTool({ name: 'check', directory: newDirectory });
      const whole = [`${journal} is whole: sessions 40, keys 40`];
      const isUnfinished = existsSync(path.join(journal, 'UNFINISHED'));
      if (isUnfinished) {
        const line = 'is not whole: a restore or repair did not end; run it again';
        await expect(check()).rejects.toThrow(line);
        await expect(createJournalStore({ files: diskFiles(journal) }).open()).rejects.toThrow(
          line,
        );
      }
      const again = { name, file: from, directory: from, newDirectory };
      const isDone = !isUnfinished && existsSync(path.join(journal, 'FORMAT'));
      if (isDone) await expect(runTool(again)).rejects.toThrow('has data already');
      else
        expect(await runTool(again)).toContain(`Written to ${newDirectory}: sessions 40, keys 40`);
      expect(await check()).toEqual(whole);
    },
  );
});

test('a backup that is killed has no file of its name, and the next one says what is left', async () => {
  const file = path.join(directory, 'backup');
  do {
    // A command that was faster than the kill is run again.
    rmSync(file, { force: true });
    await killWhen('backup.partial', directory, 'backup', source, file);
  } while (existsSync(file));
  expect(readdirSync(directory)).toEqual(['backup.partial']);
  const again = () => runTool({ name: 'backup', directory: source, file });
  await expect(again()).rejects.toThrow(`${file}.partial is there: another backup is writing it`);
  rmSync(`${file}.partial`);
  expect(await again()).toEqual([`Written to ${file}: sessions 40, keys 40`]);
});

test('a restore and a repair leave a directory alone that another process fills or uses', async () => {
  const newDirectory = path.join(directory, 'new');
  const place = path.join(newDirectory, '@journal');
  const store = createJournalStore({ files: diskFiles(place) });
  const release = await directoryLock(place, 'of somebody')();
  const restore = () => runTool({ name: 'restore', file: sourceBackup, newDirectory });
  await expect(restore()).rejects.toThrow('is in use by process of somebody');
  writeFileSync(path.join(place, 'UNFINISHED'), '');
  await expect(restore()).rejects.toThrow('is in use by process of somebody');
  await expect(store.open()).rejects.toThrow('is not whole');
  await release();
  expect(await restore()).toEqual([`Written to ${newDirectory}: sessions 40, keys 40`]);
});
