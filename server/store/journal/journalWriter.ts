import type { Clock } from '../../../protocol/clock.ts';
import type { Change } from '../changes.ts';
import { ByteWriter } from './byteWriter.ts';
import { bareFrame, createDataFile, nameOf } from './dataFiles.ts';
import { writeAll, type Files, type JournalFile } from './files.ts';
import { finishFrame } from './frame.ts';
import { Group } from './group.ts';

/** The newest log, to which changes are added. */
export interface OpenLog {
  readonly file: JournalFile;
  readonly number: number;
  /** Where the next frame goes. */
  readonly end: number;
}

export interface WriterOptions {
  readonly files: Files;
  readonly clock: Clock;
  /** Changes gather for so long before they are written; 0: until the one before is on disk. */
  readonly gatherMs: number;
  /** Called after each sync. */
  readonly onSynced: () => void;
  /** Called once when a write or a sync fails: nothing is written from then on. */
  readonly onFault: (error: unknown) => void;
}

/** Where a new log begins. */
export interface NewLog {
  readonly number: number;
  /** Number of the last change before it. */
  readonly lsn: number;
}

/** A new log that has been asked for. */
interface Rotation {
  /** Called when the changes for the old log are all there, in the same turn. */
  readonly cut: () => void;
  readonly resolve: (log: NewLog) => void;
  readonly reject: (error: unknown) => void;
}

/** A gathering group of so many bytes is written at once. */
const fullBytes = 1024 * 1024;

/**
 * Brings changes to disk, many with one sync: while one group is written, the next one gathers. Each
 * change has a number (lsn), which counts up by one over all logs.
 */
export class JournalWriter {
  readonly syncs = { count: 0, ms: 0 };
  readonly #options: WriterOptions;
  #log: OpenLog;
  #gathering = new Group(new ByteWriter());
  #inFlight: Group | undefined;
  #spare = new ByteWriter();
  #syncedLsn: number;
  #lastSyncAtMs: number | undefined;
  #rotation: Rotation | undefined;
  #work: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;
  #fault: unknown;
  #isHeld = false;
  /** Bytes of logs since the last snapshot. */
  #logBytes: number;

  constructor(
    options: WriterOptions,
    from: { readonly log: OpenLog; readonly lsn: number; readonly logBytes: number },
  ) {
    this.#options = options;
    this.#log = from.log;
    this.#syncedLsn = from.lsn;
    this.#logBytes = from.logBytes;
  }

  /** The groups that are not on disk, older first. */
  get pending(): readonly [inFlight: Group | undefined, gathering: Group] {
    return [this.#inFlight, this.#gathering];
  }

  get isBroken(): boolean {
    return this.#fault !== undefined;
  }

  get lastSyncAtMs(): number | undefined {
    return this.#lastSyncAtMs;
  }

  get unsyncedBytes(): number {
    const [inFlight, gathering] = this.pending;
    const bytesOf = (group: Group | undefined) => (group?.count ? group.bytes.length : 0);
    return bytesOf(inFlight) + bytesOf(gathering);
  }

  /** Time of the oldest change that is not on disk. */
  get oldestUnsyncedAtMs(): number | undefined {
    const oldest = this.#inFlight?.count ? this.#inFlight : this.#gathering;
    return oldest.count ? oldest.startedAtMs : undefined;
  }

  get logBytes(): number {
    return this.#logBytes;
  }

  /** Number of the last change on disk. */
  get syncedLsn(): number {
    return this.#syncedLsn;
  }

  get logNumber(): number {
    return this.#log.number;
  }

  append(change: Change): void {
    if (this.#fault !== undefined) {
      this.#gathering.note(change);
      return;
    }
    try {
      this.#gathering.add(change);
    } catch (error) {
      // No memory for it: memory has what the disk will not get.
      this.#gathering.note(change);
      this.#fail(error);
      return;
    }
    this.#schedule();
  }

  /** Writes what has gathered without waiting for more. */
  flush(): void {
    if (this.#fault === undefined && !this.#isHeld && this.#gathering.count > 0) this.#start();
  }

  /**
   * Begins a new log, for a snapshot of what is in the old ones.
   * @param cut Called when all changes so far are in the old ones, in the same turn: the moment of the snapshot.
   * @returns Settles when the new log is on disk, and with it all changes before.
   */
  rotate(cut: () => void): Promise<NewLog> {
    if (this.#fault !== undefined) return Promise.reject(toError(this.#fault));
    return new Promise((resolve, reject) => {
      this.#rotation = { cut, resolve, reject };
      this.#start();
    });
  }

  /** The logs before this one have been removed. */
  noteSnapshot(): void {
    this.#logBytes = this.#log.end;
  }

  /** Brings everything to disk and closes the log. No change may come any more. */
  async close(): Promise<void> {
    do {
      this.#start();
      await this.#work;
    } while (this.#gathering.count > 0 && this.#fault === undefined);
    if (this.#fault === undefined) {
      await this.#writeEnd().catch((error: unknown) => this.#fail(error));
    }
    await this.closeFile();
  }

  async closeFile(): Promise<void> {
    await this.#log.file.close().catch(() => undefined);
  }

  /** Cuts off what a write that failed has left behind the last change on disk. */
  async cutBack(): Promise<void> {
    // Not synced: after a failure the system's word on this file counts for nothing.
    await this.#log.file.truncate(this.#log.end);
  }

  /** Gives up what is not on disk, when the disk has failed. @param isKept Whether it counts though it is not on disk. */
  dropPending(isKept: boolean): void {
    const [inFlight, gathering] = this.pending;
    this.#inFlight = undefined;
    this.#gathering = new Group(new ByteWriter());
    inFlight?.settle(isKept);
    gathering.settle(isKept);
  }

  /** Changes only gather until {@link resume}. */
  hold(): void {
    this.#isHeld = true;
  }

  resume(): void {
    this.#isHeld = false;
    this.flush();
  }

  /** As when a write fails. */
  break(error: unknown): void {
    this.#fail(error);
  }

  #schedule(): void {
    if (this.#work || this.#stopTimer || this.#isHeld) return;
    const { gatherMs, clock } = this.#options;
    if (gatherMs === 0 || this.#gathering.bytes.length >= fullBytes) this.#start();
    else this.#stopTimer = clock.setTimer(() => this.#start(), gatherMs);
  }

  #start(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#work ??= this.#writeNext().finally(() => {
      this.#work = undefined;
      if (this.#fault !== undefined) return;
      if (this.#rotation) this.#start();
      else if (this.#gathering.count > 0) this.#schedule();
    });
  }

  /** Writes what has gathered, and begins a new log if one was asked for. */
  async #writeNext(): Promise<void> {
    await nextTurn();
    const group = this.#gathering;
    const rotation = this.#rotation;
    this.#rotation = undefined;
    this.#inFlight = group;
    this.#gathering = new Group(this.#spare);
    rotation?.cut();
    try {
      if (group.count > 0) await this.#writeGroup(group);
      this.#inFlight = undefined;
      this.#spare = group.bytes;
      group.settle(true);
      if (rotation) await this.#beginLog();
      this.#options.onSynced();
      rotation?.resolve({ number: this.#log.number, lsn: this.#syncedLsn });
    } catch (error) {
      this.#fail(error);
      rotation?.reject(error);
    }
  }

  async #writeGroup(group: Group): Promise<void> {
    const { file, end } = this.#log;
    const frame = finishFrame(group.bytes, {
      kind: 'changes',
      count: group.count,
      firstLsn: this.#syncedLsn + 1,
      syncedLsn: this.#syncedLsn,
      atMs: this.#options.clock.nowMs(),
    });
    await writeAll(file, frame, end);
    const startedMs = performance.now();
    await file.sync();
    this.syncs.count += 1;
    this.syncs.ms += performance.now() - startedMs;
    this.#syncedLsn += group.count;
    this.#lastSyncAtMs = this.#options.clock.nowMs();
    this.#logBytes += frame.length;
    this.#log = { ...this.#log, end: end + frame.length };
  }

  async #beginLog(): Promise<void> {
    const { files, clock } = this.#options;
    const number = this.#log.number + 1;
    const head = { number, lsn: this.#syncedLsn, atMs: clock.nowMs() };
    const { file, length } = await createDataFile(files, nameOf('log', number), head);
    await files.syncNames();
    await this.#log.file.close().catch(() => undefined);
    this.#log = { file, number, end: length };
    this.#logBytes += length;
  }

  /** Marks the log as closed, so that damage to its last changes is not taken for half a write. */
  async #writeEnd(): Promise<void> {
    const { file, end } = this.#log;
    const [firstLsn, syncedLsn] = [this.#syncedLsn, this.#syncedLsn];
    const atMs = this.#options.clock.nowMs();
    await writeAll(file, bareFrame({ kind: 'end', firstLsn, syncedLsn, atMs }), end);
    await file.sync();
  }

  #fail(error: unknown): void {
    if (this.#fault !== undefined) return;
    this.#fault = error;
    this.#rotation?.reject(error);
    this.#options.onFault(error);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
