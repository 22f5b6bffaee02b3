import { constants, rmSync } from 'node:fs';
import {
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import path from 'node:path';
import type { DataSetName } from '../../protocol/dataSetName.ts';
import { compareStamps, nameOfStamp, readStamp, stampAfter, type SaveStamp } from './saveStamp.ts';

// Sessions are their users' business: nobody but the server's own account may look.
const directoryMode = 0o700;
const fileMode = 0o600;

const completeName = 'sessions.jsonl';

/** Of what is being written: with its owner, as several servers may share a directory. */
const partialPattern = /^sessions\.jsonl(?:\.(.+))?\.partial$/;

/** A save whose owner cannot be asked is given up when nothing was written for so long. */
const abandonedAfterMs = 3_600_000;

/** Directories of saves that this process is writing. */
const beingWritten = new Set<string>();

/** A server that writes saves. */
export interface SaveOwner {
  /** Names it among all servers that share a directory; may stand in a file name. */
  readonly id: string;
  /** Whether the owner of this name is known to have ended. */
  readonly hasEnded: (id: string) => boolean;
}

/** A save that is being written. Nobody can load it until it is complete. */
export interface OpenSave {
  readonly file: FileHandle;
  /** Puts everything on disk, then gives the file its final name. */
  complete(): Promise<void>;
  /** Removes what there is of it, as far as that can be done. */
  abandon(): Promise<void>;
}

/**
 * Creates `<root>/<name>/<stamp>/` and an empty file in it. Throws the system's error when that
 * cannot be done. The stamp is later than those of all saves of the name.
 */
export async function createSave(
  root: string,
  name: DataSetName,
  { nowMs, owner }: { readonly nowMs: number; readonly owner: SaveOwner },
): Promise<OpenSave> {
  const parent = path.join(root, name);
  await ignoring('EEXIST', mkdir(parent, { mode: directoryMode }));
  if (!(await isDirectory(parent))) throw new Error(`${parent} is no directory`);
  const directory = await createStamped(parent, nowMs);
  const partial = path.join(directory, `sessions.jsonl.${owner.id}.partial`);
  const abandon = async () => {
    await rm(directory, { recursive: true, force: true });
    beingWritten.delete(directory);
  };
  try {
    const file = await open(partial, 'wx', fileMode);
    return {
      file,
      complete: async () => {
        await file.sync();
        await file.close();
        await rename(partial, path.join(directory, completeName));
        beingWritten.delete(directory);
        // The names too: a power cut must not take back what has been acknowledged.
        for (const each of [directory, parent, root]) await syncDirectory(each);
      },
      abandon: async () => {
        await file.close().catch(() => undefined);
        await abandon().catch(() => undefined);
      },
    };
  } catch (error) {
    await abandon().catch(() => undefined);
    throw error;
  }
}

/** Files of all saves of a name that may be complete, newest first; none when the name is no directory. */
export async function listSaves(root: string, name: DataSetName): Promise<string[]> {
  const parent = path.join(root, name);
  if (!(await isDirectory(parent))) return [];
  const stamps = await stampsIn(parent);
  return stamps.map((stamp) => path.join(parent, nameOfStamp(stamp), completeName));
}

/** How many saves of all names there are, and what they take on disk; what cannot be read counts as nothing. */
export async function measureSaves(root: string): Promise<{ count: number; bytes: number }> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  let [count, bytes] = [0, 0];
  for (const entry of entries.filter((each) => each.isDirectory())) {
    const parent = path.join(root, entry.name);
    for (const stamp of await stampsIn(parent).catch(() => [])) {
      const file = path.join(parent, nameOfStamp(stamp), completeName);
      const stats = await lstat(file).catch(() => undefined);
      count += 1;
      bytes += stats?.size ?? 0;
    }
  }
  return { count, bytes };
}

/**
 * Opens a save for reading. Throws the system's error, or when it is no plain file: a link could
 * lead anywhere, and a pipe would have the server wait for ever.
 */
export async function openSave(file: string): Promise<FileHandle> {
  // Windows has neither flag; there they are undefined.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Error('It is no plain file');
}

/** Another process may save under the same name: then the next stamp is tried. */
async function createStamped(parent: string, nowMs: number): Promise<string> {
  let [newest] = await stampsIn(parent);
  for (;;) {
    const stamp = stampAfter(newest, nowMs);
    const directory = path.join(parent, nameOfStamp(stamp));
    const made = await ignoring(
      'EEXIST',
      mkdir(directory, { mode: directoryMode }).then(() => true),
    );
    if (made) {
      beingWritten.add(directory);
      return directory;
    }
    newest = stamp;
  }
}

/** Removes the unfinished saves of this process, at once: for its last moment. */
export function removeUnfinished(): void {
  for (const directory of beingWritten) {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // The next start tries again.
    }
  }
  beingWritten.clear();
}

/**
 * Removes saves that a server began and did not live to finish. What another server writes stays: it is
 * alive, or it runs on another machine and has written something within the last hour.
 * @returns The directories removed.
 */
export async function removeLeftovers(
  root: string,
  facts: { readonly nowMs: number; readonly owner: SaveOwner },
): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const parent = path.join(root, entry.name);
    for (const stamp of await stampsIn(parent).catch(() => [])) {
      const directory = path.join(parent, nameOfStamp(stamp));
      // One that cannot be removed keeps nobody from the others.
      const isRemoved = await removeLeftover(directory, facts).catch(() => false);
      if (isRemoved) removed.push(directory);
    }
  }
  return removed;
}

/** Removes a directory that holds a partial file of nobody, or nothing at all. */
async function removeLeftover(
  directory: string,
  { nowMs, owner }: { readonly nowMs: number; readonly owner: SaveOwner },
): Promise<boolean> {
  if (beingWritten.has(directory)) return false;
  const names = await readdir(directory);
  if (names.length > 1 || !names.every((name) => partialPattern.test(name))) return false;
  const [name = ''] = names;
  const file = path.join(directory, name);
  const { mtimeMs } = await lstat(file);
  const [, id] = partialPattern.exec(name) ?? [];
  const hasEnded = id !== undefined && owner.hasEnded(id);
  if (!hasEnded && nowMs - mtimeMs <= abandonedAfterMs) return false;
  if (name !== '') await unlink(file);
  await rmdir(directory);
  return true;
}

/** Newest first. Links are no directories. */
async function stampsIn(parent: string): Promise<SaveStamp[]> {
  const entries = await readdir(parent, { withFileTypes: true });
  const directories = entries.filter((entry) => entry.isDirectory());
  const stamps = directories.flatMap((entry) => readStamp(entry.name) ?? []);
  return stamps.sort((a, b) => compareStamps(b, a));
}

async function isDirectory(directory: string): Promise<boolean> {
  const stats = await ignoring('ENOENT', lstat(directory));
  return stats?.isDirectory() ?? false;
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows opens no directories, and needs no such thing.
  const handle = await ignoring('EISDIR', ignoring('EPERM', open(directory, 'r')));
  if (!handle) return;
  try {
    await ignoring('EPERM', handle.sync());
  } finally {
    await handle.close();
  }
}

/** @returns undefined when the work fails with this code of the system. */
async function ignoring<T>(code: string, work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  }
}
