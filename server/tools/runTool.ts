import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Tool } from '../config/configTypes.ts';
import {
  formatName,
  formatVersion,
  journalDirectory,
  nameOf,
  unfinishedName,
} from '../store/journal/dataFiles.ts';
import { diskFiles, type Files } from '../store/journal/files.ts';
import { directoryLock, lockName } from '../store/journal/lock.ts';
import { newerFormat, readFormat, refuseUnfinished } from '../store/journal/openData.ts';
import type { DataFound } from '../store/journal/readData.ts';
import { readBackup, refuseExisting, writeBackup } from './backupFile.ts';
import { benchServer, type BenchSurroundings } from './benchServer.ts';
import { downloadBackup } from './downloadBackup.ts';
import { readStore, totalsIn, writeStore, type Data } from './dataStore.ts';
import { salvage } from './salvage.ts';

/** Runs a tool. Rejects with one line that says what is wrong. @returns Lines that say what was done. */
export function runTool(
  tool: Tool,
  surroundings: BenchSurroundings = { say: () => undefined },
): Promise<string[]> {
  switch (tool.name) {
    case 'check':
      return check(tool.directory);
    case 'repair':
      return repair(tool.directory, tool.newDirectory);
    case 'backup':
      return backup(tool.directory, tool.file);
    case 'download':
      return downloadBackup(tool);
    case 'restore':
      return restore(tool.file, tool.newDirectory);
    case 'bench':
      return benchServer(tool, surroundings);
  }
}

async function check(given: string): Promise<string[]> {
  const { files, directory } = await journalIn(given);
  const { store, found } = await readStore(files, directory);
  return [...remarks(found), `${directory} is whole: ${await totalsIn(store)}`];
}

/** What an operator may want to know of data that is whole. */
function remarks({ passedOver, end, log }: DataFound): string[] {
  const lines = passedOver.map(
    (name) => `${name} is damaged; there is all that is needed without it`,
  );
  if (end && log !== undefined && end.end < end.size) {
    const bytes = `${end.size - end.end} bytes of half a write`;
    lines.push(
      `${nameOf('log', log)} ends in ${bytes}, left by a crash; the next start cuts them off`,
    );
  }
  return lines;
}

async function repair(given: string, newDirectory: string): Promise<string[]> {
  const { files, directory } = await journalIn(given);
  await refuseNewer(files, directory);
  const target = await newJournalIn(newDirectory);
  const { losses, ...data } = await salvage(files);
  await target.write(data);
  const lost = losses.length > 0 ? losses : ['Nothing is lost'];
  return [...lost, `Written to ${newDirectory}: ${await totalsIn(data.store)}`];
}

async function refuseNewer(files: Files, directory: string): Promise<void> {
  const names = await files.list();
  refuseUnfinished(directory, names);
  const version = names.includes(formatName) ? await readFormat(files) : undefined;
  if (version !== undefined && version > formatVersion) {
    throw new Error(newerFormat(directory, version));
  }
}

async function backup(given: string, file: string): Promise<string[]> {
  const { files, directory } = await journalIn(given);
  await refuseExisting(file);
  const data = await readStore(files, directory);
  await writeBackup(file, data);
  return [`Written to ${file}: ${await totalsIn(data.store)}`];
}

async function restore(file: string, newDirectory: string): Promise<string[]> {
  const target = await newJournalIn(newDirectory);
  const data = await readBackup(file);
  await target.write(data);
  return [`Written to ${newDirectory}: ${await totalsIn(data.store)}`];
}

interface Place {
  readonly files: Files;
  readonly directory: string;
}

/** Where the data is in the directory of `--data`; that place itself may be given, too. */
async function journalIn(given: string): Promise<Place> {
  const names = await readdir(given).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${given} cannot be read: ${why}`, { cause: error });
  });
  const isJournal = names.includes(formatName) || path.basename(given) === journalDirectory;
  const directory = isJournal ? given : path.join(given, journalDirectory);
  return { files: diskFiles(directory), directory };
}

/** A place for new data. Rejects when there is some, but for what a restore or repair that was killed has left. */
async function newJournalIn(
  directory: string,
): Promise<{ readonly write: (data: Data) => Promise<void> }> {
  const place = path.join(directory, journalDirectory);
  const files = diskFiles(place);
  const refuseData = async () => {
    const names = await files.list();
    const isFree = names.every((name) => name === lockName) || names.includes(unfinishedName);
    if (!isFree) throw new Error(`${directory} has data already; give a directory that has none`);
  };
  await refuseData();
  const acquireLock = directoryLock(place, 'that fills it', 'give another directory');
  const write = async (data: Data) => {
    const release = await acquireLock();
    try {
      await refuseData();
      await writeStore(files, data);
    } finally {
      await release();
    }
  };
  return { write };
}
