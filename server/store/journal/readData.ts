import type { ReplayedChange } from '../changes.ts';
import { ByteReader } from './byteReader.ts';
import { readChange } from './changeCodec.ts';
import { DamagedData, nameOf, numbersIn, readHead, type FileHead } from './dataFiles.ts';
import type { Files, JournalFile } from './files.ts';
import type { Frame } from './frame.ts';
import { findSyncedFrame, readFrames } from './readFrames.ts';

/** Takes the changes of the data, in their order. */
export type Apply = (change: ReplayedChange) => void;

/** A log up to its last good frame. */
export interface LogEnd {
  readonly head: FileHead | undefined;
  /** Number of its last change. */
  readonly lastLsn: number;
  /** Where the good frames end. */
  readonly end: number;
  /** Bytes of the file. */
  readonly size: number;
}

/** What there is in a directory, all of it good. */
export interface DataFound {
  /** Number of the newest log; undefined when there is nothing yet. */
  readonly log: number | undefined;
  /** The newest log's end. What is behind it is what a crash left of the last writes, and counts for nothing. */
  readonly end: LogEnd | undefined;
  /** Bytes of all logs since the snapshot. */
  readonly logBytes: number;
  readonly snapshot: SnapshotFound | undefined;
  /** Snapshots that were passed over because they are damaged; an older one did. */
  readonly passedOver: readonly string[];
}

export interface SnapshotFound {
  readonly number: number;
  readonly lsn: number;
  readonly atMs: number;
  readonly bytes: number;
}

/** Called after each piece with its length. */
export type Progress = (bytes: number) => void;

/**
 * Reads all data of a directory: the newest good snapshot, then the logs from it on. Changes nothing.
 * Throws {@link DamagedData} when something is missing or damaged that was on disk.
 */
export async function readData(
  files: Files,
  options: {
    readonly apply: Apply;
    readonly progress?: Progress;
    /** Changes with higher numbers count for nothing; absent: all count. */
    readonly upTo?: number;
  },
): Promise<DataFound> {
  const { apply, progress = () => undefined, upTo } = options;
  const names = await files.list();
  const { snapshot, passedOver } = await newestSnapshot(files, names);
  const logs = numbersIn(names, 'log');
  const from = { number: snapshot?.number ?? 1, lsn: snapshot?.lsn ?? 0 };
  if (!snapshot) checkBegins({ logs, passedOver });
  else await readSnapshot(files, snapshot.number, { apply, progress });
  const log = logs.at(-1) ?? snapshot?.number;
  if (log === undefined) return { log, end: undefined, logBytes: 0, snapshot, passedOver };
  const read = await readLogs(files, { from, last: log, apply, progress, upTo });
  return { ...read, log, snapshot, passedOver };
}

/** Without a snapshot, the first log must be there; or nothing at all. */
function checkBegins({
  logs: [oldest],
  passedOver: [damaged],
}: {
  readonly logs: readonly number[];
  readonly passedOver: readonly string[];
}): void {
  if (oldest === 1 || (oldest === undefined && damaged === undefined)) return;
  const name = damaged ?? nameOf('snap', oldest ?? 1);
  throw new DamagedData(name, 0, 'there is no good snapshot to begin with');
}

async function readLogs(
  files: Files,
  options: {
    readonly from: { readonly number: number; readonly lsn: number };
    readonly last: number;
    readonly apply: Apply;
    readonly progress: Progress;
    readonly upTo: number | undefined;
  },
): Promise<{ end: LogEnd | undefined; logBytes: number }> {
  const { from, last, apply, progress } = options;
  let { lsn } = from;
  let end: LogEnd | undefined;
  let logBytes = 0;
  for (let number = from.number; number <= last; number += 1) {
    const next = number < last ? await readLogHead(files, number + 1) : undefined;
    // A crash can leave half a head behind as well.
    const isNewest = next === undefined && number >= last - 1;
    end = await readLog(files, number, {
      apply,
      progress,
      isNewest,
      upTo: next?.lsn ?? options.upTo,
    });
    if (end.head) checkFollows(nameOf('log', number), end.head.lsn, lsn);
    lsn = end.head ? end.lastLsn : lsn;
    logBytes += end.end;
  }
  return { end: end && { ...end, lastLsn: lsn }, logBytes };
}

/** A log begins where the one before ends, and the first where its snapshot does. */
function checkFollows(name: string, begins: number, lsn: number): void {
  if (begins === lsn) return;
  throw new DamagedData(
    name,
    0,
    `it follows change ${begins}, but the data before ends with ${lsn}`,
  );
}

interface LogOptions {
  readonly apply: Apply;
  readonly progress?: Progress;
  /** Only behind the newest log a crash can have left half a write; elsewhere that is damage. */
  readonly isNewest: boolean;
  /**
   * The next log begins after this change. What comes later in this one was refused with status 901, as the
   * disk failed, and counts for nothing.
   */
  readonly upTo?: number | undefined;
}

/** Reads one log, up to its last good frame. */
async function readLog(files: Files, number: number, options: LogOptions): Promise<LogEnd> {
  const { apply, progress = () => undefined, upTo = Number.POSITIVE_INFINITY } = options;
  const name = nameOf('log', number);
  return withFile(files, name, async (file) => {
    const size = await file.size();
    const frames = readFrames(file);
    const first = await frames.next();
    const head = readHead(first.done ? undefined : first.value, number);
    const log = { name, size, isNewest: options.isNewest };
    if (!head || first.done) {
      await checkTorn(file, log, { end: 0, lastLsn: -1 });
      return { head: undefined, lastLsn: 0, end: 0, size };
    }
    let lastLsn = head.lsn;
    let { end } = first.value;
    for await (const frame of frames) {
      if (frame.firstLsn > upTo) break;
      if (frame.kind === 'changes') lastLsn = applyFrame(name, frame, { apply, lastLsn });
      end = frame.end;
      progress(frame.end - frame.offset);
    }
    if (lastLsn < upTo) await checkTorn(file, log, { end, lastLsn });
    return { head, lastLsn, end, size };
  });
}

/** The first frame of a log; undefined when the log is not good even there. */
async function readLogHead(files: Files, number: number): Promise<FileHead | undefined> {
  return withFile(files, nameOf('log', number), async (file) => {
    const first = await readFrames(file).next();
    return readHead(first.done ? undefined : first.value, number);
  });
}

/** What is behind the good frames must be half a write. */
async function checkTorn(
  file: JournalFile,
  log: { readonly name: string; readonly size: number; readonly isNewest: boolean },
  { end, lastLsn }: { readonly end: number; readonly lastLsn: number },
): Promise<void> {
  if (end === log.size && log.isNewest) return;
  const later = await findSyncedFrame(file, { after: end, lastLsn });
  if (later) {
    const found = `later changes were on disk, up to byte ${later.end}`;
    throw new DamagedData(log.name, end, found);
  }
  if (!log.isNewest) throw new DamagedData(log.name, end, 'the next log was on disk already');
}

/** @returns Number of the last change. */
function applyFrame(
  name: string,
  frame: Frame,
  { apply, lastLsn }: { readonly apply: Apply; readonly lastLsn: number },
): number {
  if (frame.firstLsn !== lastLsn + 1) {
    const found = `change ${frame.firstLsn} follows ${lastLsn}`;
    throw new DamagedData(name, frame.offset, found);
  }
  applyRecords(name, frame, apply);
  return lastLsn + frame.count;
}

/** Gives the changes of a frame. Throws {@link DamagedData} for what are none. */
export function applyRecords(name: string, frame: Frame, apply: Apply): void {
  const bytes = new ByteReader(frame.payload);
  const isLog = frame.kind === 'changes';
  try {
    for (let index = 0; index < frame.count; index += 1) {
      apply(readChange(bytes, isLog ? frame.firstLsn + index : frame.firstLsn));
    }
  } catch (error) {
    // A checksum that fits and records that do not: another program wrote this, or we have a bug.
    throw new DamagedData(
      name,
      frame.offset,
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** The newest snapshot that is complete; only its ends are read. */
async function newestSnapshot(
  files: Files,
  names: readonly string[],
): Promise<{ snapshot: SnapshotFound | undefined; passedOver: string[] }> {
  const passedOver: string[] = [];
  for (const number of numbersIn(names, 'snap').reverse()) {
    const snapshot = await checkSnapshot(files, number);
    if (snapshot) return { snapshot, passedOver };
    passedOver.push(nameOf('snap', number));
  }
  return { snapshot: undefined, passedOver };
}

/** Reads a snapshot to its end. @returns undefined when it is damaged or incomplete. */
async function checkSnapshot(files: Files, number: number): Promise<SnapshotFound | undefined> {
  return withFile(files, nameOf('snap', number), async (file) => {
    let head: FileHead | undefined;
    let end: Frame | undefined;
    for await (const frame of readFrames(file)) {
      head ??= readHead(frame, number);
      end = frame;
    }
    if (!head || end?.kind !== 'end' || end.end !== (await file.size())) return undefined;
    return { number, lsn: head.lsn, atMs: end.atMs, bytes: end.end };
  });
}

async function readSnapshot(
  files: Files,
  number: number,
  { apply, progress }: { readonly apply: Apply; readonly progress: Progress },
): Promise<void> {
  const name = nameOf('snap', number);
  await withFile(files, name, async (file) => {
    for await (const frame of readFrames(file)) {
      if (frame.kind === 'sessions') applyRecords(name, frame, apply);
      progress(frame.end - frame.offset);
    }
  });
}

async function withFile<T>(
  files: Files,
  name: string,
  work: (file: JournalFile) => Promise<T>,
): Promise<T> {
  const file = await openOrExplain(files, name);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function openOrExplain(files: Files, name: string): Promise<JournalFile> {
  try {
    return await files.open(name, 'read');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new DamagedData(name, 0, 'the file is missing');
    throw error;
  }
}
