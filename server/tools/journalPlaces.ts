import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { formatName, journalDirectory, unfinishedName } from '../store/journal/dataFiles.ts';
import { diskFiles, type Files } from '../store/journal/files.ts';
import { directoryLock, lockName } from '../store/journal/lock.ts';
import { writeStore, type Data } from './dataStore.ts';

interface Place {
  readonly files: Files;
  readonly directory: string;
}

/** Where the data is in the directory of `--data`; that place itself may be given, too. */
export async function journalIn(given: string): Promise<Place> {
  const names = await readdir(given).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${given} cannot be read: ${why}`, { cause: error });
  });
  const isJournal = names.includes(formatName) || path.basename(given) === journalDirectory;
  const directory = isJournal ? given : path.join(given, journalDirectory);
  return { files: diskFiles(directory), directory };
}

/** A place for new data. Rejects when there is some, but for what a restore or repair that was killed has left. */
export async function newJournalIn(
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
