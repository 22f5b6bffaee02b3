import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

// Sessions are their users' business: nobody but the server's own account may look.
const directoryMode = 0o700;
const fileMode = 0o600;

/** One file of the journal. Positions and lengths are bytes. */
export interface JournalFile {
  /** @returns How many bytes were written, from the first on: a full disk takes fewer than it is given. */
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** @returns How many bytes were read; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
  size(): Promise<number>;
  /** What was written is on disk when this settles. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * The files of one directory, by their names. All that the journal asks of a disk, so that a test can
 * hand in one that forgets, fails or is full. What fails rejects with the system's error.
 */
export interface Files {
  /** Names, in no order; none when there is no such directory. */
  list(): Promise<string[]>;
  /** @param mode `create`: it must not be there yet. */
  open(name: string, mode: 'create' | 'read' | 'change'): Promise<JournalFile>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Names that were created, changed or removed are so on disk when this settles. */
  syncNames(): Promise<void>;
}

/** Makes a directory that is the owner's alone, and those above it. Leaves one that is there as it is. */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: directoryMode });
}

/** The files of a directory on disk. */
export function diskFiles(directory: string): Files {
  const pathOf = (name: string) => path.join(directory, name);
  return {
    list: async () => (await ignoring(['ENOENT'], readdir(directory))) ?? [],
    open: async (name, mode) => new DiskFile(await open(pathOf(name), flagsOf[mode], fileMode)),
    rename: (from, to) => rename(pathOf(from), pathOf(to)),
    remove: (name) => unlink(pathOf(name)),
    syncNames: () => syncDirectory(directory),
  };
}

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = constants;
// A link could lead anywhere. Windows has no such flag; there it is undefined.
const flagsOf = {
  create: O_RDWR | O_CREAT | O_EXCL,
  read: O_RDONLY | constants.O_NOFOLLOW,
  change: O_RDWR | constants.O_NOFOLLOW,
};

class DiskFile implements JournalFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  truncate(length: number): Promise<void> {
    return this.#handle.truncate(length);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** Writes everything. Loops by bytes, as a write may take only a part. */
export async function writeAll(
  file: JournalFile,
  bytes: Uint8Array,
  position: number,
): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written), position + written);
    if (count === 0) throw new Error('The disk takes no more bytes');
    written += count;
  }
}

/** Fills the buffer, as far as the file goes. @returns How many bytes were read. */
export async function readFully(
  file: JournalFile,
  into: Uint8Array,
  position: number,
): Promise<number> {
  let count = 0;
  while (count < into.length) {
    const read = await file.read(into.subarray(count), position + count);
    if (read === 0) break;
    count += read;
  }
  return count;
}

async function syncDirectory(directory: string): Promise<void> {
  // Windows opens no directories, and needs no such thing.
  const handle = await ignoring(['EISDIR', 'EPERM'], open(directory, 'r'));
  if (!handle) return;
  try {
    await ignoring(['EPERM', 'EINVAL'], handle.sync());
  } finally {
    await handle.close();
  }
}

/** @returns undefined when the work fails with one of these codes of the system. */
export async function ignoring<T>(
  codes: readonly string[],
  work: Promise<T>,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && codes.includes(String(error.code))) {
      return undefined;
    }
    throw error;
  }
}
