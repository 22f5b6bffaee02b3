import type { Clock } from '../../../protocol/clock.ts';
import type { Log } from '../../log.ts';
import type { SessionRecord } from '../changes.ts';
import type { MemoryStore } from '../memory/memoryStore.ts';
import type { Files } from './files.ts';
import type { JournalWriter } from './journalWriter.ts';
import type { NewLog } from './logFile.ts';
import { removeOld } from './openData.ts';
import type { SnapshotFound } from './readData.ts';
import { writeSnapshot } from './writeSnapshot.ts';

/** When a snapshot is made. */
export interface CompactionLimits {
  /** Logs of so many bytes at least, and of the size of the last snapshot. */
  readonly minLogBytes: number;
  /** A snapshot this old is replaced, whatever the size of the logs. */
  readonly maxAgeMs: number;
}

export const defaultCompaction: CompactionLimits = {
  minLogBytes: 64 * 1024 * 1024,
  maxAgeMs: 6 * 3_600_000,
};

/** Age is looked at this often; after a failure, so long until the next try. */
const checkMs = 60_000;

/** Logs of less than that are not worth a snapshot at any age. */
const worthBytes = 1024 * 1024;

export interface CompactorParts {
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: string;
  readonly limits: CompactionLimits;
  readonly memory: MemoryStore;
}

/** Replaces logs by a snapshot, so that the files stay small and the next start is quick. One at a time. */
export class Compactor {
  readonly #parts: CompactorParts;
  #work: Promise<void> | undefined;
  #abort = new AbortController();
  #snapshot: SnapshotFound | undefined;
  #checkedAtMs: number;
  #notBeforeMs = 0;
  #stopTimer: (() => void) | undefined;

  constructor(parts: CompactorParts, snapshot: SnapshotFound | undefined) {
    this.#parts = parts;
    this.#snapshot = snapshot;
    this.#checkedAtMs = snapshot?.atMs ?? parts.clock.nowMs();
  }

  get snapshot(): SnapshotFound | undefined {
    return this.#snapshot;
  }

  /** Looks from time to time whether the last snapshot is old. */
  start(writer: () => JournalWriter): void {
    this.#stopTimer = this.#parts.clock.setTimer(() => {
      this.check(writer());
      this.start(writer);
    }, checkMs);
  }

  /** Makes a snapshot if it is time for one. Cheap. */
  check(writer: JournalWriter): void {
    if (this.#work || writer.isBroken) return;
    const { limits, clock } = this.#parts;
    const { logBytes } = writer;
    if (logBytes < worthBytes && logBytes < limits.minLogBytes) return;
    const nowMs = clock.nowMs();
    if (nowMs < this.#notBeforeMs) return;
    const isLarge = logBytes >= Math.max(limits.minLogBytes, this.#snapshot?.bytes ?? 0);
    if (isLarge || nowMs - this.#checkedAtMs >= limits.maxAgeMs) void this.compact(writer);
  }

  /** Makes a snapshot, and removes the logs before it. Never rejects. */
  async compact(writer: JournalWriter): Promise<void> {
    this.#work ??= this.#compact(writer).finally(() => {
      this.#work = undefined;
    });
    await this.#work;
  }

  async #compact(writer: JournalWriter): Promise<void> {
    const { memory, log, directory, clock } = this.#parts;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    let sessions: BegunScan | undefined;
    try {
      const newLog = await writer.rotate(() => {
        sessions = begun(memory.contents.scan());
      });
      if (sessions) await this.#write(newLog, sessions);
      writer.noteSnapshot();
    } catch (error) {
      await sessions?.end();
      this.#notBeforeMs = clock.nowMs() + checkMs;
      if (!signal.aborted && !writer.isBroken) {
        log.warn(`No snapshot could be written to ${directory}: ${messageOf(error)}`);
      }
    }
  }

  /** Writes a snapshot for a log that has just begun, then removes what is older. */
  async write(newLog: NewLog, sessions: BegunScan): Promise<void> {
    this.#abort = new AbortController();
    try {
      await this.#write(newLog, sessions);
    } finally {
      await sessions.end();
    }
  }

  async #write(newLog: NewLog, sessions: BegunScan): Promise<void> {
    const { files, log, clock } = this.#parts;
    const { signal } = this.#abort;
    const startedMs = performance.now();
    this.#snapshot = await writeSnapshot({ files, clock, signal }, newLog, sessions.records);
    this.#checkedAtMs = this.#snapshot.atMs;
    const took = Math.round(performance.now() - startedMs);
    log.debug(`A snapshot of ${this.#snapshot.bytes} bytes was written in ${took} ms`);
    // They count for nothing any more, and the next start tries again.
    await removeOld(files, await files.list(), newLog.number).catch(() => undefined);
  }

  /** Gives up the snapshot that is being made. */
  async giveUp(): Promise<void> {
    this.#abort.abort();
    await this.#work;
  }

  /** Makes no more, and gives up the one that is being made. */
  async stop(): Promise<void> {
    this.#stopTimer?.();
    await this.giveUp();
  }
}

/** A scan that has begun: what it shows is of the moment when it was made. */
export interface BegunScan {
  readonly records: AsyncIterable<SessionRecord>;
  /** To be called however it ends: until then each change is copied for it. */
  end(): Promise<void>;
}

/** Begins a scan at once and not with the first look. */
export function begun(records: AsyncIterable<SessionRecord>): BegunScan {
  const scan = records[Symbol.asyncIterator]();
  const first = scan.next();
  async function* all() {
    for (let next = await first; !next.done; next = await scan.next()) yield next.value;
  }
  return {
    records: all(),
    end: async () => {
      await scan.return?.();
    },
  };
}

/** One line. The system's messages name files, never what is in them. */
export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}
