import { bareFrame, createDataFile, nameOf } from './dataFiles.ts';
import { writeAll, type Files, type JournalFile } from './files.ts';
import type { FrameFacts } from './frame.ts';

/** A log that is open. */
export interface OpenLog {
  readonly file: JournalFile;
  readonly number: number;
  /** Where the next frame goes. */
  readonly end: number;
}

/** Where a new log begins. */
export interface NewLog {
  readonly number: number;
  /** Number of the last change before it. */
  readonly lsn: number;
}

/** The file of the newest log: what is added to it, and how much of that is on disk. */
export class LogFile {
  readonly number: number;
  readonly #file: JournalFile;
  #end: number;
  #syncedEnd: number;
  #isCut = false;

  constructor({ file, number, end }: OpenLog) {
    this.number = number;
    this.#file = file;
    this.#end = end;
    this.#syncedEnd = end;
  }

  /** Bytes that are on disk. */
  get syncedEnd(): number {
    return this.#syncedEnd;
  }

  /** Bytes that are written and not on disk. */
  get unsyncedBytes(): number {
    return this.#end - this.#syncedEnd;
  }

  /** Adds a frame, which may come in pieces. One at a time. */
  async write(...frame: readonly Buffer[]): Promise<void> {
    let end = this.#end;
    for (const piece of frame) {
      if (this.#isCut) throw new Error('What is not on disk was given up');
      await writeAll(this.#file, piece, end);
      end += piece.length;
    }
    this.#end = end;
  }

  /** Brings to disk what has been written so far. @returns How many bytes that was. */
  async sync(): Promise<number> {
    const [from, to] = [this.#syncedEnd, this.#end];
    await this.#file.sync();
    this.#syncedEnd = to;
    return to - from;
  }

  /** Marks the log as closed, so that damage to its last changes is not taken for half a write. */
  async writeEnd(facts: Omit<FrameFacts, 'kind' | 'count'>): Promise<void> {
    await this.write(bareFrame({ kind: 'end', ...facts }));
    await this.sync();
  }

  /** Cuts off what is not on disk. */
  async cutBack(): Promise<void> {
    // Not synced: after a failure the system's word on this file counts for nothing.
    this.#isCut = true;
    await this.#file.truncate(this.#syncedEnd);
  }

  /** Begins the log that follows this one, and closes this one. */
  async next(
    files: Files,
    last: { readonly lsn: number; readonly atMs: number },
  ): Promise<LogFile> {
    const number = this.number + 1;
    const { file, length } = await createDataFile(files, nameOf('log', number), {
      number,
      ...last,
    });
    await files.syncNames();
    await this.close();
    return new LogFile({ file, number, end: length });
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }
}
