import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../clock.ts';
import {
  createDataFile,
  DamagedData,
  formatName,
  nameOf,
  unfinishedName,
  unfinishedSuffix,
} from '../store/journal/dataFiles.ts';
import type { Files } from '../store/journal/files.ts';
import { hasFormat, writeFormat } from '../store/journal/openData.ts';
import { readData, type DataFound } from '../store/journal/readData.ts';
import { writeSnapshot } from '../store/journal/writeSnapshot.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import { createSessionIds } from '../store/sessionIds.ts';
import { createTokenSource } from '../store/tokenSource.ts';

/** Sessions, and the number of the last change that they show. */
export interface Data {
  readonly store: MemoryStore;
  readonly lsn: number;
}

/** An empty store into which changes are replayed; its deadlines do nothing. */
export function emptyStore(): MemoryStore {
  return new MemoryStore({
    clock: systemClock,
    tokens: createTokenSource(),
    idOf: createSessionIds(''),
  });
}

/** How many sessions and keys there are, in words. */
export async function totalsIn(store: MemoryStore): Promise<string> {
  const totals = await store.totals();
  if (!totals.ok) throw new Error('The sessions cannot be counted');
  return `sessions ${totals.value.sessions}, keys ${totals.value.keys}`;
}

/** Data as it was read, and what was found. */
export type StoreRead = Data & { readonly found: DataFound };

/** A server that uses the directory removes files while we read, and half a frame may be there. */
const maxTries = 10;
const retryMs = 100;

/**
 * Reads all data of a directory. Rejects with one line for the operator, for damage only when it is the
 * same twice: a server that is running may have been writing the first time.
 */
export async function readStore(files: Files, directory: string): Promise<StoreRead> {
  let seen = '';
  for (let tries = 1; ; tries += 1) {
    try {
      return await readOnce(files, directory);
    } catch (error) {
      if (!(error instanceof DamagedData)) throw error;
      const advice = `Run: seshdeck repair ${directory} NEWDIR`;
      const line = `${directory}/${error.message}. ${advice}`;
      if (line === seen || tries === maxTries) throw new Error(line, { cause: error });
      seen = line;
      await setTimeout(retryMs);
    }
  }
}

async function readOnce(files: Files, directory: string): Promise<StoreRead> {
  const names = await files.list();
  if (!(await hasFormat({ files, directory }, names))) throw new Error(`${directory} has no data`);
  const store = emptyStore();
  const found = await readData(files, { apply: (change) => store.contents.replay(change) });
  return { store, lsn: found.end?.lastLsn ?? found.snapshot?.lsn ?? 0, found };
}

/** A new directory begins with the first snapshot and an empty log. */
const firstNumber = 1;

/** Writes a directory that a server can be started with. Until it is whole, nothing reads it. */
export async function writeStore(files: Files, { store, lsn }: Data): Promise<void> {
  const facts = { number: firstNumber, lsn };
  await removeUnfinished(files);
  await (await files.open(unfinishedName, 'create')).close();
  await files.syncNames();
  await snapshotTo(files, { store, lsn });
  const log = { ...facts, atMs: systemClock.nowMs() };
  const { file } = await createDataFile(files, nameOf('log', firstNumber), log);
  await file.close();
  await writeFormat(files);
  await files.remove(unfinishedName);
  await files.syncNames();
}

/** What was left when this was killed before. Its mark goes last. */
async function removeUnfinished(files: Files): Promise<void> {
  const names = await files.list();
  if (!names.includes(unfinishedName)) return;
  const data = [nameOf('snap', firstNumber), nameOf('log', firstNumber), formatName];
  const all = data.flatMap((name) => [name + unfinishedSuffix, name]);
  for (const name of [...all, unfinishedName]) {
    if (names.includes(name)) await files.remove(name);
  }
}

/** Writes all sessions as a snapshot. */
export async function snapshotTo(files: Files, { store, lsn }: Data): Promise<void> {
  const { signal } = new AbortController();
  const options = { files, clock: systemClock, signal };
  await writeSnapshot(options, { number: firstNumber, lsn }, store.contents.scan());
}
