import type { Clock } from '../../../protocol/clock.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Log } from '../../log.ts';
import type { MemoryStore } from '../memory/memoryStore.ts';
import { begun, messageOf, type Compactor } from './compactor.ts';
import { createDataFile, nameOf, numbersIn, unfinishedSuffix } from './dataFiles.ts';
import { writeAll, type Files } from './files.ts';
import type { JournalWriter } from './journalWriter.ts';
import type { OpenLog } from './logFile.ts';
import { readSessions } from './undo.ts';

/** A disk that has failed is tried again after so long. */
export const retryMs = 5_000;

/** A full disk refuses this already, so that a try costs little. */
const trialBytes = 64 * 1024;

export interface DiskFaultsParts {
  readonly files: Files;
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: MemoryStore;
  readonly createEmpty: () => MemoryStore;
  readonly onReverted: () => void;
  readonly compactor: Compactor;
  /** Changes that are not on disk have been confirmed, and stay in memory. */
  readonly keepsPending: boolean;
  readonly writer: () => JournalWriter;
  /** Another writer takes the changes from now on. */
  readonly replaceWriter: (log: OpenLog, lsn: number) => JournalWriter;
}

interface NextLog {
  readonly number: number;
  /** Number of the last change that counts. */
  readonly lsn: number;
  /** Where its first frame goes. */
  readonly end: number;
}

/**
 * What happens when the disk fails. A sync that failed is never tried again, as the system forgets what it
 * could not write. Instead: what is not on disk is undone in memory, so that a change that was refused is not
 * seen later; changes are refused; and from time to time a new snapshot and a new log are tried.
 */
export class DiskFaults {
  readonly #parts: DiskFaultsParts;
  #reason: string | undefined;
  /** Sessions whose state is not known, as the disk could not be read either; undefined: all. */
  #unknown: ReadonlySet<Token> | undefined = new Set();
  /** The log that follows the one that failed. Nothing is in it yet. */
  #nextLog: NextLog | undefined;
  #work: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;
  #isStopped = false;

  constructor(parts: DiskFaultsParts) {
    this.#parts = parts;
  }

  /** Why changes are refused; undefined while they are not. */
  get reason(): string | undefined {
    return this.#reason;
  }

  /** Whether a session must not be shown; undefined: any of them. */
  isUnknown(token: Token | undefined): boolean {
    if (this.#unknown === undefined) return true;
    return token === undefined ? this.#unknown.size > 0 : this.#unknown.has(token);
  }

  /** To be called when a write has failed, in the same turn. */
  begin(error: unknown): void {
    const { log, directory } = this.#parts;
    // A retry that fails is no news.
    if (this.#reason === undefined) {
      log.error(`Changes are refused: ${directory} cannot be written to: ${messageOf(error)}`);
    }
    this.#reason = reasonOf(error);
    this.#start(() => this.#undo());
  }

  /** To be called for a change that was begun before the disk failed, and ended after. */
  undoLate(): void {
    this.#start(() => this.#undo());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopTimer?.();
    await this.#work;
  }

  #start(work: () => Promise<void>): void {
    const before = this.#work ?? Promise.resolve();
    const all = before.then(work).finally(() => {
      if (this.#work !== all) return;
      this.#work = undefined;
      this.#retryLater();
    });
    this.#work = all;
  }

  #retryLater(): void {
    if (this.#isStopped || this.#reason === undefined) return;
    this.#stopTimer?.();
    this.#stopTimer = this.#parts.clock.setTimer(() => this.#start(() => this.#retry()), retryMs);
  }

  /** Brings memory back to what is on disk. Never rejects. */
  async #undo(): Promise<void> {
    const { compactor, writer, keepsPending } = this.#parts;
    if (!writer().isBroken) return;
    await compactor.giveUp();
    await this.#disown();
    if (!keepsPending) await this.#revert();
    writer().dropPending(keepsPending);
  }

  /** Keeps what is refused from being there at the next start: it is cut off, and the next log says that it does not count. */
  async #disown(): Promise<void> {
    const { writer, log, directory } = this.#parts;
    const cut = await Promise.allSettled([writer().log.cutBack()]);
    try {
      this.#nextLog ??= await this.#createNextLog();
    } catch (error) {
      // A full disk still cuts, and that is enough unless the power goes.
      if (cut[0].status === 'fulfilled') return;
      const risk = 'what is refused now may be there after a restart';
      log.error(`${directory} cannot be cut back, ${risk}: ${messageOf(error)}`);
    }
  }

  async #createNextLog(): Promise<NextLog> {
    const { files, clock, writer } = this.#parts;
    const { log, syncedLsn: lsn } = writer();
    // What a try before has left. Nothing was ever added to it.
    const left = numbersIn(await files.list(), 'log').filter((number) => number > log.number);
    for (const number of left) await files.remove(nameOf('log', number));
    const number = log.number + 1;
    const head = { number, lsn, atMs: clock.nowMs() };
    const { file, length } = await createDataFile(files, nameOf('log', number), head);
    await file.close();
    await files.syncNames();
    return { number, lsn, end: length };
  }

  async #revert(): Promise<void> {
    const { files, memory, createEmpty, writer, onReverted, log, directory } = this.#parts;
    // More may come while the files are read: a long command ends.
    for (;;) {
      const tokens = this.#changed();
      const size = tokens?.size;
      if (size === 0) return;
      const onDisk = createEmpty();
      try {
        await readSessions(files, { tokens, upTo: writer().syncedLsn }, onDisk);
      } catch (error) {
        this.#unknown = this.#changed();
        log.error(`What was refused cannot be undone: ${directory}: ${messageOf(error)}`);
        return;
      }
      if (this.#changed()?.size !== size) continue;
      // Replies that show these sessions wait until the changes are given up.
      await memory.contents.revert(onDisk.contents, tokens);
      this.#unknown = new Set();
      onReverted();
      return;
    }
  }

  /** Sessions that are not as on disk; undefined: it may be all. */
  #changed(): ReadonlySet<Token> | undefined {
    const changed = new Set(this.#unknown);
    if (this.#unknown === undefined) return undefined;
    for (const group of this.#parts.writer().pending) {
      if (!group.tokens) return undefined;
      for (const token of group.tokens) changed.add(token);
    }
    return changed;
  }

  /** Never rejects. */
  async #retry(): Promise<void> {
    if (this.isUnknown(undefined)) await this.#revert();
    if (this.#isStopped || this.isUnknown(undefined)) return;
    try {
      this.#nextLog ??= await this.#createNextLog();
      await this.#tryDisk();
      await this.#beginAnew(this.#nextLog);
    } catch (error) {
      this.#reason = reasonOf(error);
    }
  }

  async #tryDisk(): Promise<void> {
    const { files } = this.#parts;
    const name = `trial${unfinishedSuffix}`;
    await files.remove(name).catch(() => undefined);
    const file = await files.open(name, 'create');
    try {
      await writeAll(file, Buffer.alloc(trialBytes), 0);
      await file.sync();
    } finally {
      await file.close().catch(() => undefined);
      await files.remove(name);
    }
  }

  /** Everything is in memory: a new snapshot and a new log owe nothing to the files that failed. */
  async #beginAnew({ number, lsn, end }: NextLog): Promise<void> {
    const { files, memory, compactor, writer, replaceWriter, log, directory } = this.#parts;
    const broken = writer();
    const file = await files.open(nameOf('log', number), 'change');
    if (this.#isStopped || this.#changed()?.size !== 0) {
      await file.close();
      throw new Error('A change came meanwhile');
    }
    // One turn: what the snapshot does not show goes to the new log.
    const next = replaceWriter({ file, number, end }, lsn);
    next.hold();
    const sessions = begun(memory.contents.scan());
    await broken.log.close();
    try {
      await compactor.write({ number, lsn }, sessions);
    } catch (error) {
      next.break(error);
      return;
    }
    this.#nextLog = undefined;
    this.#reason = undefined;
    log.info(`${directory} can be written to again: changes are accepted`);
    next.resume();
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EIO: 'the disk reports an error',
  EACCES: 'there is no permission to write',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const words = code === undefined ? undefined : reasons[code];
  return words === undefined ? messageOf(error) : `${words} (${code})`;
}
