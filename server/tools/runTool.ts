import type { Tool } from '../config/configTypes.ts';
import { formatName, formatVersion, nameOf } from '../store/journal/dataFiles.ts';
import type { Files } from '../store/journal/files.ts';
import { newerFormat, readFormat, refuseUnfinished } from '../store/journal/openData.ts';
import type { DataFound } from '../store/journal/readData.ts';
import { readBackup, refuseExisting, writeBackup } from './backupFile.ts';
import { benchServer, type BenchSurroundings } from './benchServer.ts';
import { copySessions } from './copySessions.ts';
import { downloadBackup } from './downloadBackup.ts';
import { readStore, totalsIn } from './dataStore.ts';
import { journalIn, newJournalIn } from './journalPlaces.ts';
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
    case 'copy':
      return copySessions(tool);
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
