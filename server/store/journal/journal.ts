import type { Clock } from '../../../protocol/clock.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Log } from '../../log.ts';
import type { KeptChange } from '../changes.ts';
import type { MemoryStore } from '../memory/memoryStore.ts';
import type { JournalFigures, StoreStatus } from '../storeStatus.ts';
import { Compactor, defaultCompaction, type CompactionLimits } from './compactor.ts';
import { DiskFaults } from './diskFaults.ts';
import type { Files } from './files.ts';
import type { Unsynced } from './gate.ts';
import type { Group } from './group.ts';
import { JournalWriter } from './journalWriter.ts';
import type { OpenLog } from './logFile.ts';
import type { AcquireLock } from './lock.ts';
import { LoadProgress } from './loadProgress.ts';
import { openData } from './openData.ts';

export interface JournalParts {
  readonly files: Files;
  readonly acquireLock: AcquireLock;
  /** What the directory is called in lines for the operator. */
  readonly directory: string;
  readonly durability: 'commit' | 'relaxed';
  readonly clock: Clock;
  readonly log: Log;
  /** Absent: as a server has it. */
  readonly compaction?: CompactionLimits;
}

/** What the journal needs of the store that it keeps. */
export interface KeptMemory {
  readonly memory: MemoryStore;
  /** An empty store like it. */
  readonly createEmpty: () => MemoryStore;
  /** Called when sessions have changed in a way that is no change: all must be read again. */
  readonly onReverted: () => void;
}

/** Changes of `relaxed` gather for so long. Then the system has them, and the end of the process loses nothing. */
const relaxedGatherMs = 100;

/**
 * With `relaxed`, replies wait when the oldest change that is not on disk is older than this: so what the end of the
 * machine loses was confirmed within so long.
 */
const relaxedLagMs = 700;

const none: readonly Group[] = [];

const nothingYet: JournalFigures = {
  lastSyncAtMs: undefined,
  syncs: 0,
  syncMs: 0,
  unsyncedBytes: 0,
  journalBytes: 0,
  lastSnapshotAtMs: undefined,
};

/** What is open from the start to the end. */
interface Open {
  writer: JournalWriter;
  readonly compactor: Compactor;
  readonly faults: DiskFaults;
}

/** The files of a store: reads them at the start, then brings each change of the memory to disk. */
export class Journal implements Unsynced {
  readonly #parts: JournalParts;
  readonly #kept: KeptMemory;
  #releaseLock: (() => Promise<void>) | undefined;
  #open: Open | undefined;
  #opening: Promise<void> | undefined;
  #isClosing = false;
  /** Time of the change whose reply is asked for next, Unix time in milliseconds; 0: there is none. */
  #changedAtMs = 0;

  constructor(parts: JournalParts, kept: KeptMemory) {
    this.#parts = parts;
    this.#kept = kept;
  }

  get takesChanges(): boolean {
    return this.#open !== undefined && this.#open.faults.reason === undefined;
  }

  /** Whether a session can be shown; undefined: every one. */
  canShow(token: Token | undefined): boolean {
    return this.#open !== undefined && !this.#open.faults.isUnknown(token);
  }

  awaited(): readonly Group[] {
    if (!this.#open) return none;
    const { writer } = this.#open;
    if (this.#parts.durability === 'commit') return writer.pending;
    const oldestAtMs = writer.oldestUnsyncedAtMs;
    // The time of a change that was just made is at hand; reading the clock would take longer than the rest of this.
    const changedAtMs = this.#changedAtMs;
    this.#changedAtMs = 0;
    if (oldestAtMs === undefined) return none;
    if ((changedAtMs || this.#parts.clock.nowMs()) - oldestAtMs < relaxedLagMs) return none;
    // The disk is slow, or the timer is late.
    writer.flush();
    return writer.pending;
  }

  /** Reads the data into the memory. Rejects with one line for the operator. */
  async open(): Promise<void> {
    this.#opening = this.#lockAndLoad();
    await this.#opening;
  }

  async #lockAndLoad(): Promise<void> {
    this.#releaseLock = await this.#parts.acquireLock();
    try {
      this.#open = await this.#load();
    } catch (error) {
      await this.#release();
      throw error;
    }
  }

  async #load(): Promise<Open> {
    const { memory } = this.#kept;
    const progress = new LoadProgress(this.#parts);
    const data = await openData({
      ...this.#parts,
      apply: (change) => memory.contents.replay(change),
      progress: (bytes, total) => {
        if (this.#isClosing) throw new Error('The server was asked to stop while it read its data');
        progress.add(bytes, total);
      },
    });
    progress.end();
    const limits = this.#parts.compaction ?? defaultCompaction;
    const compactor = new Compactor({ ...this.#parts, memory, limits }, data.snapshot);
    const open: Open = {
      writer: this.#createWriter(data),
      compactor,
      faults: new DiskFaults({
        ...this.#parts,
        ...this.#kept,
        compactor,
        keepsPending: this.#parts.durability === 'relaxed',
        writer: () => open.writer,
        replaceWriter: (log, lsn) => {
          open.writer = this.#createWriter({ log, lsn, logBytes: log.end });
          return open.writer;
        },
      }),
    };
    compactor.start(() => open.writer);
    compactor.check(open.writer);
    return open;
  }

  #createWriter(from: { log: OpenLog; lsn: number; logBytes: number }): JournalWriter {
    const { files, clock, durability } = this.#parts;
    const options = {
      files,
      clock,
      gatherMs: durability === 'commit' ? 0 : relaxedGatherMs,
      onSynced: () => this.#open?.compactor.check(this.#open.writer),
      onFault: (error: unknown) => this.#open?.faults.begin(error),
    };
    return new JournalWriter(options, from);
  }

  append(change: KeptChange): void {
    if (!this.#open) return;
    const { writer, faults } = this.#open;
    const isLate = writer.isBroken && change.by !== 'deadline';
    if (change.by === 'command') this.#changedAtMs = change.atMs;
    writer.append(change);
    if (isLate) faults.undoLate();
  }

  status(): StoreStatus {
    const { durability } = this.#parts;
    if (!this.#open) {
      return { durability, state: 'loading', reason: undefined, journal: nothingYet };
    }
    const { writer, compactor, faults } = this.#open;
    const { reason } = faults;
    const journal = {
      lastSyncAtMs: writer.lastSyncAtMs,
      syncs: writer.syncs.count,
      syncMs: writer.syncs.ms,
      unsyncedBytes: writer.unsyncedBytes,
      journalBytes: writer.logBytes,
      lastSnapshotAtMs: compactor.snapshot?.atMs,
    };
    return { durability, state: reason === undefined ? 'ready' : 'refusing', reason, journal };
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#opening?.catch(() => undefined);
    await this.#open?.compactor.stop();
    await this.#open?.faults.stop();
    await this.#open?.writer.close();
    await this.#release();
  }

  async #release(): Promise<void> {
    const release = this.#releaseLock;
    this.#releaseLock = undefined;
    await release?.();
  }
}
