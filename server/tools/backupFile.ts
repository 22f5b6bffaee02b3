import { link, open, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ByteReader } from '../store/journal/byteReader.ts';
import { DamagedData, formatVersion } from '../store/journal/dataFiles.ts';
import { diskFiles, ignoring, makeDirectory, type Files } from '../store/journal/files.ts';
import type { Frame } from '../store/journal/frame.ts';
import { newerFormat } from '../store/journal/openData.ts';
import { applyRecords } from '../store/journal/readData.ts';
import { readFrames } from '../store/journal/readFrames.ts';
import { emptyStore, snapshotTo, type Data } from './dataStore.ts';

/** Ends the name of a backup that is not whole yet. */
const unfinishedSuffix = '.partial';

/**
 * Makes a new file, which has its name when it is whole and on disk. What is there already is never touched.
 * @param write Fills an empty file of the name that it gets, and syncs it.
 */
export async function makeNewFile<T>(
  file: string,
  write: (unfinished: string) => Promise<T>,
): Promise<T> {
  const unfinished = file + unfinishedSuffix;
  const directory = path.dirname(file);
  await refuseExisting(file);
  await makeDirectory(directory);
  const created = await ignoring(['EEXIST'], open(unfinished, 'wx', 0o600));
  if (!created) {
    const advice = 'another backup is writing it, or was killed: then remove it';
    throw new Error(`${unfinished} is there: ${advice}`);
  }
  await created.close();
  try {
    const outcome = await write(unfinished);
    await giveName(unfinished, file);
    return outcome;
  } finally {
    await ignoring(['ENOENT'], unlink(unfinished));
    await diskFiles(directory).syncNames();
  }
}

/** Rejects when there is such a file. */
export async function refuseExisting(file: string): Promise<void> {
  const isThere = await ignoring(['ENOENT'], stat(file));
  if (isThere) throw new Error(`${file} is there already; give a name that is free`);
}

/** Unlike a rename, a link replaces nothing. Some file systems have none. */
async function giveName(from: string, to: string): Promise<void> {
  const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];
  const isLinked = await ignoring(
    noLinks,
    link(from, to).then(() => true),
  );
  if (isLinked) return;
  await refuseExisting(to);
  await rename(from, to);
}

/** Writes all sessions to one new file: a snapshot as it is in a directory, each part with its checksum. */
export async function writeBackup(file: string, data: Data): Promise<void> {
  await makeNewFile(file, (unfinished) => snapshotTo(oneFile(unfinished), data));
}

/** Reads a backup. Rejects when it is not complete, before anything is done with it. */
export async function readBackup(file: string): Promise<Data> {
  const name = path.basename(file);
  const opened = await diskFiles(path.dirname(file)).open(name, 'read');
  try {
    const [size, store, frames] = [await opened.size(), emptyStore(), readFrames(opened)];
    const first = await frames.next();
    if (first.done || first.value.kind !== 'head') throw new Error(`${file} is no backup`);
    checkVersion(file, first.value);
    let last: Frame = first.value;
    for await (const frame of frames) {
      if (frame.kind === 'sessions')
        applyRecords(name, frame, (change) => store.contents.replay(change));
      last = frame;
    }
    if (last.end !== size) throw new DamagedData(file, last.end, 'nothing was restored');
    if (last.kind !== 'end') {
      throw new DamagedData(file, size, 'it was never finished; nothing was restored');
    }
    return { store, lsn: last.firstLsn };
  } finally {
    await opened.close();
  }
}

function checkVersion(file: string, { payload }: Frame): void {
  const version = new ByteReader(payload).whole();
  if (version > formatVersion) throw new Error(newerFormat(file, version));
}

/** A directory of one file, whatever names it is given. The file is there, and empty. */
function oneFile(file: string): Files {
  const name = path.basename(file);
  const files = diskFiles(path.dirname(file));
  const nothing = () => Promise.resolve();
  return {
    list: async () => [],
    open: () => files.open(name, 'change'),
    rename: nothing,
    remove: nothing,
    syncNames: nothing,
  };
}
