import type { Clock } from '../../../protocol/clock.ts';
import type { Log } from '../../log.ts';
import {
  createDataFile,
  DamagedData,
  formatName,
  formatVersion,
  nameOf,
  numbersIn,
  unfinishedName,
  unfinishedSuffix,
} from './dataFiles.ts';
import { writeAll, type Files } from './files.ts';
import type { OpenLog } from './logFile.ts';
import { readData, type Apply, type DataFound, type SnapshotFound } from './readData.ts';

/** Data that is ready to be added to. */
export interface OpenedData {
  readonly log: OpenLog;
  /** Number of the last change. */
  readonly lsn: number;
  readonly logBytes: number;
  readonly snapshot: SnapshotFound | undefined;
}

export interface OpenOptions {
  readonly files: Files;
  /** What the directory is called in lines for the operator. */
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly apply: Apply;
  /** Called after each piece that was read. @param total Bytes of all. */
  readonly progress?: (bytes: number, total: number) => void;
}

const formatPattern = /^seshdeck journal (\d{1,9})\n$/;

/**
 * Reads the data of a directory and makes it ready for more: half a write at its end is cut off. Rejects
 * with one line for the operator when the data is damaged, or of a newer version.
 */
export async function openData(options: OpenOptions): Promise<OpenedData> {
  const { files, directory, apply } = options;
  const names = await files.list();
  await checkFormat(options, names);
  try {
    const total = await sizeOf(files, names);
    const progress = (bytes: number) => options.progress?.(bytes, total);
    const found = await readData(files, { apply, progress });
    await removeOld(files, names, found.snapshot?.number ?? 0);
    return await readyLog(options, found);
  } catch (error) {
    if (!(error instanceof DamagedData)) throw error;
    const advice = `Nothing was changed. Run: seshdeck repair ${directory} NEWDIR`;
    throw new Error(`${directory}/${error.message}. ${advice}`, { cause: error });
  }
}

async function sizeOf(files: Files, names: readonly string[]): Promise<number> {
  let total = 0;
  for (const kind of ['snap', 'log'] as const) {
    for (const number of numbersIn(names, kind)) {
      const file = await files.open(nameOf(kind, number), 'read');
      total += await file.size();
      await file.close();
    }
  }
  return total;
}

async function checkFormat(options: OpenOptions, names: string[]): Promise<void> {
  if (!(await hasFormat(options, names))) await writeFormat(options.files);
}

/**
 * Whether a directory says of which version its files are. Rejects with one line when they are not of ours.
 */
export async function hasFormat(
  { files, directory }: Pick<OpenOptions, 'files' | 'directory'>,
  names: readonly string[],
): Promise<boolean> {
  refuseUnfinished(directory, names);
  if (names.includes(formatName)) {
    const version = await readFormat(files);
    if (version === undefined) throw new Error(`${directory}/${formatName} cannot be understood`);
    if (version <= formatVersion) return true;
    throw new Error(newerFormat(directory, version));
  }
  if (numbersIn(names, 'log').length + numbersIn(names, 'snap').length > 0) {
    throw new Error(`${directory} has data, but no file ${formatName} that says of which version`);
  }
  return false;
}

/** Throws one line when a restore or a repair was stopped in the middle. */
export function refuseUnfinished(directory: string, names: readonly string[]): void {
  if (!names.includes(unfinishedName)) return;
  const advice = 'run it again, with the same directory';
  throw new Error(`${directory} is not whole: a restore or repair did not end; ${advice}`);
}

export function newerFormat(what: string, version: number): string {
  return `${what} was written by a newer version of Seshdeck (format ${version}, this one knows ${formatVersion})`;
}

/** @returns Version of the files of a directory; undefined for what is no such file. */
export async function readFormat(files: Files): Promise<number | undefined> {
  const file = await files.open(formatName, 'read');
  try {
    const bytes = Buffer.alloc(64);
    const count = await file.read(bytes, 0);
    const [, version] = formatPattern.exec(bytes.toString('latin1', 0, count)) ?? [];
    return version === undefined ? undefined : Number(version);
  } finally {
    await file.close();
  }
}

/** Says of which version the files of a new directory will be. */
export async function writeFormat(files: Files): Promise<void> {
  const name = formatName + unfinishedSuffix;
  await files.remove(name).catch(() => undefined);
  const file = await files.open(name, 'create');
  try {
    await writeAll(file, Buffer.from(`seshdeck journal ${formatVersion}\n`), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await files.rename(name, formatName);
  await files.syncNames();
}

/** Removes what a snapshot has made superfluous, and what was never finished. */
export async function removeOld(
  files: Files,
  names: readonly string[],
  oldest: number,
): Promise<void> {
  const unfinished = names.filter((name) => name.endsWith(unfinishedSuffix));
  const old = (['snap', 'log'] as const).flatMap((kind) =>
    numbersIn(names, kind)
      .filter((number) => number < oldest)
      .map((number) => nameOf(kind, number)),
  );
  for (const name of [...unfinished, ...old]) await files.remove(name);
}

async function readyLog(options: OpenOptions, found: DataFound): Promise<OpenedData> {
  const { files, directory, clock, log } = options;
  const { snapshot, logBytes, end } = found;
  const lsn = end?.lastLsn ?? 0;
  const number = found.log ?? 1;
  const name = nameOf('log', number);
  const facts = { lsn, snapshot, logBytes };
  if (end && end.end < end.size) {
    const cut = `${end.size - end.end} bytes at byte ${end.end}`;
    log.warn(`${directory}/${name} ended in half a write, left by a crash: ${cut} were cut off`);
  }
  if (end?.head) {
    const file = await files.open(name, 'change');
    if (end.end < end.size) {
      await file.truncate(end.end);
      await file.sync();
    }
    return { ...facts, log: { file, number, end: end.end } };
  }
  if (end) await files.remove(name);
  const created = await createDataFile(files, name, { number, lsn, atMs: clock.nowMs() });
  await files.syncNames();
  return { ...facts, log: { file: created.file, number, end: created.length } };
}
