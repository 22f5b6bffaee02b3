import path from 'node:path';
import { ByteReader } from '../store/journal/byteReader.ts';
import { DamagedData, formatVersion } from '../store/journal/dataFiles.ts';
import { diskFiles, makeDirectory, type Files } from '../store/journal/files.ts';
import type { Frame } from '../store/journal/frame.ts';
import { newerFormat } from '../store/journal/openData.ts';
import { applyRecords } from '../store/journal/readData.ts';
import { readFrames } from '../store/journal/readFrames.ts';
import { emptyStore, snapshotTo, type Data } from './dataStore.ts';

/**
 * Writes all sessions to one new file: a snapshot as it is in a directory, each part with its checksum.
 * What is there already is never touched.
 */
export async function writeBackup(file: string, data: Data): Promise<void> {
  await makeDirectory(path.dirname(file));
  await snapshotTo(oneFile(file), data);
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

/** A directory of one file, whatever names it is given: it must be new, and only what is ours is removed. */
function oneFile(file: string): Files {
  const name = path.basename(file);
  const files = diskFiles(path.dirname(file));
  let isOurs = false;
  return {
    list: async () => [],
    open: async (_, mode) => {
      const opened = await files.open(name, mode);
      isOurs = true;
      return opened;
    },
    rename: async () => undefined,
    remove: async () => {
      if (isOurs) await files.remove(name);
    },
    syncNames: () => files.syncNames(),
  };
}
