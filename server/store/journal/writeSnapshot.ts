import type { Clock } from '../../../protocol/clock.ts';
import type { ReplayedChange, SessionRecord } from '../changes.ts';
import { ByteWriter } from './byteWriter.ts';
import { writeChange } from './changeCodec.ts';
import { bareFrame, createDataFile, nameOf, unfinishedSuffix } from './dataFiles.ts';
import { writeAll, type Files, type JournalFile } from './files.ts';
import { finishFrame, frameHeadBytes } from './frame.ts';
import type { SnapshotFound } from './readData.ts';

/** Written at a time; in between, others have their turn. */
const pieceBytes = 128 * 1024;

/** Synced in between, so that the disk is not busy for long when a change wants to be synced. */
const syncBytes = 8 * 1024 * 1024;

/** Keys of a session that are written in one go. */
const keysPerRecord = 500;

export interface SnapshotFacts {
  /** Of the log that begins with it. */
  readonly number: number;
  /** Number of the last change that it shows. */
  readonly lsn: number;
}

export interface SnapshotOptions {
  readonly files: Files;
  readonly clock: Clock;
  /** Gives the snapshot up. */
  readonly signal: AbortSignal;
}

/**
 * Writes all sessions to a file that has its name when it is complete and on disk. Rejects with the
 * system's error when that cannot be done, and leaves nothing behind.
 */
export async function writeSnapshot(
  options: SnapshotOptions,
  facts: SnapshotFacts,
  sessions: AsyncIterable<SessionRecord>,
): Promise<SnapshotFound> {
  const { files, clock } = options;
  const name = nameOf('snap', facts.number);
  const unfinished = name + unfinishedSuffix;
  try {
    const head = { ...facts, atMs: clock.nowMs() };
    const { file, length } = await createDataFile(files, unfinished, head);
    const bytes = await new SnapshotFile(options, facts, { file, end: length }).fill(sessions);
    await files.rename(unfinished, name);
    await files.syncNames();
    return { ...facts, bytes, atMs: clock.nowMs() };
  } catch (error) {
    await files.remove(unfinished).catch(() => undefined);
    throw error;
  }
}

class SnapshotFile {
  readonly #options: SnapshotOptions;
  readonly #facts: SnapshotFacts;
  readonly #file: JournalFile;
  readonly #bytes = new ByteWriter();
  #records = 0;
  #end: number;
  #syncedEnd = 0;

  constructor(
    options: SnapshotOptions,
    facts: SnapshotFacts,
    { file, end }: { readonly file: JournalFile; readonly end: number },
  ) {
    this.#options = options;
    this.#facts = facts;
    this.#file = file;
    this.#end = end;
    this.#beginPiece();
  }

  /** @returns Its length. */
  async fill(sessions: AsyncIterable<SessionRecord>): Promise<number> {
    try {
      for await (const session of sessions) await this.#add(session);
      if (this.#records > 0) await this.#writePiece();
      const { lsn } = this.#facts;
      const atMs = this.#options.clock.nowMs();
      await this.#write(bareFrame({ kind: 'end', firstLsn: lsn, syncedLsn: lsn, atMs }));
      await this.#file.sync();
      return this.#end;
    } finally {
      await this.#file.close();
    }
  }

  async #add(session: SessionRecord): Promise<void> {
    for (const record of recordsOf(session, this.#facts.lsn)) {
      writeChange(this.#bytes, record);
      this.#records += 1;
      if (this.#bytes.length >= pieceBytes) await this.#writePiece();
    }
  }

  #beginPiece(): void {
    this.#records = 0;
    this.#bytes.clear();
    this.#bytes.skip(frameHeadBytes);
  }

  async #writePiece(): Promise<void> {
    this.#options.signal.throwIfAborted();
    const { lsn } = this.#facts;
    const atMs = this.#options.clock.nowMs();
    const facts = { count: this.#records, firstLsn: lsn, syncedLsn: lsn, atMs };
    await this.#write(finishFrame(this.#bytes, { kind: 'sessions', ...facts }));
    this.#beginPiece();
    if (this.#end - this.#syncedEnd < syncBytes) return;
    await this.#file.sync();
    this.#syncedEnd = this.#end;
  }

  async #write(bytes: Buffer): Promise<void> {
    await writeAll(this.#file, bytes, this.#end);
    this.#end += bytes.length;
  }
}

/** A session with many keys is written like one that was created with some, and then got the others. */
function* recordsOf(session: SessionRecord, sequence: number): Iterable<ReplayedChange> {
  const { token, keys, values } = session;
  if (keys.length <= keysPerRecord) {
    yield { kind: 'created', sequence, sessions: [session] };
    return;
  }
  for (let from = 0; from < keys.length; from += keysPerRecord) {
    const some = {
      keys: keys.slice(from, from + keysPerRecord),
      values: values.slice(from, from + keysPerRecord),
    };
    if (from === 0) yield { kind: 'created', sequence, sessions: [{ ...session, ...some }] };
    else yield { kind: 'stored', sequence, session: { token }, term: undefined, ...some };
  }
}
