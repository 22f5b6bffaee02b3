import { ByteReader } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';
import { writeAll, type Files, type JournalFile } from './files.ts';
import { finishFrame, frameHeadBytes, type Frame, type FrameFacts } from './frame.ts';

/** Directory of the journal in the directory of the data. No data set of SH_SAVE can have this name. */
export const journalDirectory = '@journal';

/** Version of the files. A newer one is refused, an older one upgraded. */
export const formatVersion = 1;

export const formatName = 'FORMAT';

/** In a directory whose data is being restored or repaired, until all of it is there. */
export const unfinishedName = 'UNFINISHED';

/** Ends the names of files that are being written; a crash leaves them behind. */
export const unfinishedSuffix = '.tmp';

/** A log holds changes; the snapshot of the same number, the sessions before the first of them. */
export type DataFileKind = 'log' | 'snap';

const namePattern = /^(log|snap)-([1-9]\d{0,14})$/;

export function nameOf(kind: DataFileKind, number: number): string {
  return `${kind}-${number}`;
}

/** Numbers of the files of a kind, lowest first. */
export function numbersIn(names: readonly string[], kind: DataFileKind): number[] {
  const numbers = names.flatMap((name) => {
    const [, itsKind, number] = namePattern.exec(name) ?? [];
    return itsKind === kind ? [Number(number)] : [];
  });
  return numbers.sort((a, b) => a - b);
}

/** Data that cannot be read: where, and what was found. Its message is one line for the operator. */
export class DamagedData extends Error {
  readonly file: string;
  readonly offset: number;

  constructor(file: string, offset: number, found: string) {
    super(`${file} is damaged at byte ${offset}: ${found}`);
    this.file = file;
    this.offset = offset;
  }
}

/** What the first frame of a file says. */
export interface FileHead {
  readonly number: number;
  /** Number of the last change before those of a log; of the last change that a snapshot shows. */
  readonly lsn: number;
}

/** Creates a file with its first frame, on disk. @returns The file and its length. */
export async function createDataFile(
  files: Files,
  name: string,
  { number, lsn, atMs }: FileHead & { readonly atMs: number },
): Promise<{ file: JournalFile; length: number }> {
  const payload = new ByteWriter();
  payload.skip(frameHeadBytes);
  payload.whole(formatVersion);
  payload.whole(number);
  const facts = { kind: 'head', count: 0, firstLsn: lsn, syncedLsn: lsn, atMs } as const;
  const bytes = finishFrame(payload, facts);
  const file = await files.open(name, 'create');
  try {
    await writeAll(file, bytes, 0);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
  return { file, length: bytes.length };
}

/** Reads the first frame of a file. @returns undefined when it is none, or another file's. */
export function readHead(frame: Frame | undefined, number: number): FileHead | undefined {
  if (frame?.kind !== 'head') return undefined;
  const isRight = isHeadOf(new ByteReader(frame.payload), number);
  return isRight ? { number, lsn: frame.firstLsn } : undefined;
}

function isHeadOf(bytes: ByteReader, number: number): boolean {
  try {
    return bytes.whole() === formatVersion && bytes.whole() === number;
  } catch {
    return false; // Cut short: a checksum that fits, but nothing that we wrote.
  }
}

/** A frame of which the facts are all. */
export function bareFrame(facts: Omit<FrameFacts, 'count'>, ...numbers: number[]): Buffer {
  const payload = new ByteWriter();
  payload.skip(frameHeadBytes);
  for (const number of numbers) payload.whole(number);
  return finishFrame(payload, { ...facts, count: 0 });
}
