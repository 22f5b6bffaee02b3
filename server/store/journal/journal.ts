import type { Clock } from '../../../protocol/clock.ts';
import type { Log } from '../../log.ts';
import type { Change } from '../changes.ts';
import type { MemoryStore } from '../memory/memoryStore.ts';
import type { StoreStatus } from '../storeStatus.ts';
import type { Files } from './files.ts';
import type { Unsynced } from './gate.ts';
import { JournalWriter } from './journalWriter.ts';
import type { AcquireLock } from './lock.ts';
import { openData } from './openData.ts';
import type { SnapshotFound } from './readData.ts';

export interface JournalParts {
  readonly files: Files;
  readonly acquireLock: AcquireLock;
  /** What the directory is called in lines for the operator. */
  readonly directory: string;
  readonly durability: 'commit' | 'relaxed';
  readonly clock: Clock;
  readonly log: Log;
}

/** Changes of `relaxed` gather for so long. */
const relaxedGatherMs = 200;

/** With `relaxed`, replies wait when the oldest change that is not on disk is older than this. */
const relaxedLagMs = 700;

/** The files of a store: reads them at the start, then brings each change of the memory to disk. */
export class Journal implements Unsynced {
  readonly #parts: JournalParts;
  readonly #memory: MemoryStore;
  #releaseLock: (() => Promise<void>) | undefined;
  #writer: JournalWriter | undefined;
  #snapshot: SnapshotFound | undefined;
  #reason: string | undefined;

  constructor(parts: JournalParts, memory: MemoryStore) {
    this.#parts = parts;
    this.#memory = memory;
  }

  get isLoaded(): boolean {
    return this.#writer !== undefined;
  }

  get takesChanges(): boolean {
    return this.#writer !== undefined && this.#reason === undefined;
  }

  awaited(): ReturnType<Unsynced['awaited']> {
    if (!this.#writer) return [undefined, undefined];
    const { durability, clock } = this.#parts;
    if (durability === 'commit') return this.#writer.pending;
    const { oldestUnsyncedAtMs = Number.POSITIVE_INFINITY } = this.#writer;
    if (clock.nowMs() - oldestUnsyncedAtMs < relaxedLagMs) return [undefined, undefined];
    // The disk is slow, or the timer is late.
    this.#writer.flush();
    return this.#writer.pending;
  }

  async open(): Promise<void> {
    this.#releaseLock = await this.#parts.acquireLock();
    try {
      await this.#load();
    } catch (error) {
      await this.#release();
      throw error;
    }
  }

  async #load(): Promise<void> {
    const { files, clock, durability } = this.#parts;
    const data = await openData({
      ...this.#parts,
      apply: (change) => this.#memory.replay(change),
    });
    this.#snapshot = data.snapshot;
    this.#writer = new JournalWriter(
      {
        files,
        clock,
        gatherMs: durability === 'commit' ? 0 : relaxedGatherMs,
        onFault: (error) => this.#refuse(error),
      },
      data,
    );
  }

  append(change: Change): void {
    this.#writer?.append(change);
  }

  status(): StoreStatus {
    const { durability } = this.#parts;
    const writer = this.#writer;
    const journal = {
      lastSyncAtMs: writer?.lastSyncAtMs,
      unsyncedBytes: writer?.unsyncedBytes ?? 0,
      journalBytes: writer?.logBytes ?? 0,
      lastSnapshotAtMs: this.#snapshot?.atMs,
    };
    if (!writer) return { durability, state: 'loading', reason: undefined, journal };
    const state = this.#reason === undefined ? 'ready' : 'refusing';
    return { durability, state, reason: this.#reason, journal };
  }

  async close(): Promise<void> {
    await this.#writer?.close();
    await this.#release();
  }

  #refuse(error: unknown): void {
    this.#reason = error instanceof Error ? error.message : String(error);
    this.#parts.log.error(
      `The data cannot be written to ${this.#parts.directory}: ${this.#reason}`,
    );
  }

  async #release(): Promise<void> {
    const release = this.#releaseLock;
    this.#releaseLock = undefined;
    await release?.();
  }
}
