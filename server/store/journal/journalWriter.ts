import { nextTick } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../protocol/clock.ts';
import { inTurns } from '../../turns.ts';
import type { KeptChange } from '../changes.ts';
import type { Files } from './files.ts';
import { finishFrameInSteps } from './frame.ts';
import type { Group } from './group.ts';
import { LogFile, type NewLog, type OpenLog } from './logFile.ts';
import { PendingGroups } from './pendingGroups.ts';

export interface WriterOptions {
  readonly files: Files;
  readonly clock: Clock;
  /**
   * Changes gather for so long before they are written, and the next ones are written while these are synced;
   * 0: until all before are on disk.
   */
  readonly gatherMs: number;
  /** Called after each sync. */
  readonly onSynced: () => void;
  /** Called once when a write or a sync fails: nothing is written from then on. */
  readonly onFault: (error: unknown) => void;
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

/** Groups that are written and not synced. With more, changes gather until a sync ends. */
const maxWritten = 1_000;

/**
 * Brings changes to disk, many with one sync: while one group is written, the next one gathers. Each
 * change has a number (lsn), which counts up by one over all logs.
 */
export class JournalWriter {
  readonly syncs = { count: 0, ms: 0 };
  readonly #options: WriterOptions;
  #log: LogFile;
  readonly #pending = new PendingGroups();
  /** Number of the last change in the file. */
  #writtenLsn: number;
  #syncedLsn: number;
  #lastSyncAtMs: number | undefined;
  #rotation: Rotation | undefined;
  #work: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
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
    this.#log = new LogFile(from.log);
    this.#syncedLsn = from.lsn;
    this.#writtenLsn = from.lsn;
    this.#logBytes = from.logBytes;
  }

  /** The groups that are not on disk, older first. */
  get pending(): readonly Group[] {
    return this.#pending.all;
  }

  get isBroken(): boolean {
    return this.#fault !== undefined;
  }

  get lastSyncAtMs(): number | undefined {
    return this.#lastSyncAtMs;
  }

  get unsyncedBytes(): number {
    return this.#log.unsyncedBytes + this.#pending.unwrittenBytes;
  }

  /** Time of the oldest change that is not on disk. */
  get oldestUnsyncedAtMs(): number | undefined {
    return this.#pending.oldestAtMs;
  }

  get logBytes(): number {
    return this.#logBytes;
  }

  /** Number of the last change on disk. */
  get syncedLsn(): number {
    return this.#syncedLsn;
  }

  get log(): LogFile {
    return this.#log;
  }

  append(change: KeptChange): void {
    if (this.#fault !== undefined) {
      this.#pending.gathering.note(change);
      return;
    }
    try {
      this.#pending.add(change);
    } catch (error) {
      // No memory for it: memory has what the disk will not get.
      this.#pending.gathering.note(change);
      this.#fail(error);
      return;
    }
    this.#schedule();
  }

  /** Writes what has gathered without waiting for more. */
  flush(): void {
    if (this.#fault === undefined && this.#mayWrite && this.#hasGathered) this.#start();
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
    this.#logBytes = this.#log.syncedEnd;
  }

  /** Brings everything to disk and closes the log. No change may come any more. */
  async close(): Promise<void> {
    do {
      this.#start();
      await this.#work;
    } while (this.#hasGathered && this.#fault === undefined);
    if (this.#fault === undefined) {
      await this.#sync()
        .then(() => this.#log.writeEnd(this.#factsOfFrame(this.#syncedLsn)))
        .catch((error: unknown) => this.#fail(error));
    }
    await this.#log.close();
  }

  /** Gives up what is not on disk, when the disk has failed. @param isKept Whether it counts though it is not on disk. */
  dropPending(isKept: boolean): void {
    this.#pending.drop(isKept);
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

  get #hasGathered(): boolean {
    return this.#pending.gathering.count > 0;
  }

  get #mayWrite(): boolean {
    return !this.#isHeld && this.#pending.written < maxWritten;
  }

  #schedule(): void {
    if (this.#work || this.#stopTimer || !this.#mayWrite) return;
    const { gatherMs, clock } = this.#options;
    const { gathering } = this.#pending;
    if (gatherMs === 0 || gathering.isLarge || gathering.length >= fullBytes) this.#start();
    else this.#stopTimer = clock.setTimer(() => this.#start(), gatherMs);
  }

  #start(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#work ??= this.#writeGathered().finally(() => {
      this.#work = undefined;
      if (this.#fault !== undefined) return;
      if (this.#rotation) this.#start();
      else if (this.#hasGathered) this.#schedule();
    });
  }

  async #writeGathered(): Promise<void> {
    // The changes of this turn come together.
    await setImmediate();
    do {
      if (this.#fault !== undefined) return;
      await this.#writeNext();
    } while (this.#options.gatherMs === 0 && this.#hasGathered && this.#mayWrite);
  }

  /** Writes what has gathered, and begins a new log if one was asked for. */
  async #writeNext(): Promise<void> {
    const rotation = this.#rotation;
    this.#rotation = undefined;
    const group = this.#pending.take();
    rotation?.cut();
    try {
      if (group) await this.#write(group);
      const synced = this.#sync();
      if (this.#options.gatherMs === 0 || rotation) await synced;
      else synced.catch((error: unknown) => this.#fail(error));
      if (!rotation) return;
      await this.#beginLog();
      rotation.resolve({ number: this.#log.number, lsn: this.#syncedLsn });
    } catch (error) {
      this.#fail(error);
      rotation?.reject(error);
    }
  }

  async #write(group: Group): Promise<void> {
    const frame = await inTurns(group.encode());
    const facts = { count: group.count, ...this.#factsOfFrame(this.#writtenLsn + 1) };
    await inTurns(finishFrameInSteps(frame, { kind: 'changes', ...facts }));
    this.#throwIfBroken();
    await this.#log.write(...frame);
    this.#throwIfBroken();
    this.#pending.noteWritten(group);
    this.#writtenLsn += group.count;
  }

  /** A sync may have failed in the meantime: everything that is not on disk was given up. */
  #throwIfBroken(): void {
    if (this.#fault !== undefined) throw toError(this.#fault);
  }

  /** Settles when all that is written is on disk. One sync at a time. */
  async #sync(): Promise<void> {
    while (this.#pending.written > 0) {
      this.#syncing ??= this.#syncOnce().finally(() => {
        this.#syncing = undefined;
      });
      await this.#syncing;
    }
  }

  async #syncOnce(): Promise<void> {
    const [count, lsn] = [this.#pending.written, this.#writtenLsn];
    const startedMs = performance.now();
    const bytes = await this.#log.sync();
    this.#throwIfBroken();
    this.syncs.count += 1;
    this.syncs.ms += performance.now() - startedMs;
    this.#syncedLsn = lsn;
    this.#lastSyncAtMs = this.#options.clock.nowMs();
    this.#logBytes += bytes;
    this.#pending.noteSynced(count);
    // Behind the promise jobs of now, in which the next write begins: the disk has work while replies are made.
    nextTick(() => this.#pending.settle());
    this.#options.onSynced();
    if (this.#hasGathered) this.#schedule();
  }

  async #beginLog(): Promise<void> {
    const { files, clock } = this.#options;
    this.#log = await this.#log.next(files, { lsn: this.#syncedLsn, atMs: clock.nowMs() });
    this.#logBytes += this.#log.syncedEnd;
  }

  #factsOfFrame(firstLsn: number) {
    return { firstLsn, syncedLsn: this.#syncedLsn, atMs: this.#options.clock.nowMs() };
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
