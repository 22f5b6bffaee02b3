import type { ReplayedChange } from '../store/changes.ts';
import { nameOf, numbersIn, readHead } from '../store/journal/dataFiles.ts';
import type { Files } from '../store/journal/files.ts';
import type { Frame } from '../store/journal/frame.ts';
import { applyRecords } from '../store/journal/readData.ts';
import { readAroundDamage, type BadBytes } from '../store/journal/readFrames.ts';
import { emptyStore, type Data } from './dataStore.ts';

/** What can be read of damaged data, and in lines for the operator what cannot. */
export interface Salvaged extends Data {
  readonly losses: readonly string[];
}

/** Reads around all damage of a directory. Changes nothing. */
export async function salvage(files: Files): Promise<Salvaged> {
  const names = await files.list();
  const work = new Salvage(files);
  const base = await work.readSnapshots(numbersIn(names, 'snap'), numbersIn(names, 'log'));
  const logs = numbersIn(names, 'log').filter((number) => number >= base);
  for (const [index, number] of logs.entries()) await work.readLog(number, logs[index + 1]);
  return work.result;
}

class Salvage {
  readonly #files: Files;
  readonly #store = emptyStore();
  readonly #losses: string[] = [];
  /** Number of the last change that was read. */
  #lsn = 0;
  /** Changes that are for sessions which are lost themselves. */
  #unusable = 0;

  constructor(files: Files) {
    this.#files = files;
  }

  get result(): Salvaged {
    const unusable = `${this.#unusable} later changes were for sessions that are lost`;
    const losses = this.#unusable > 0 ? [...this.#losses, unusable] : this.#losses;
    return { store: this.#store, lsn: this.#lsn, losses };
  }

  /**
   * Begins with the newest whole snapshot, or with the first log, or with what is left of a snapshot.
   * @returns The number of the log to continue with.
   */
  async readSnapshots(snapshots: readonly number[], logs: readonly number[]): Promise<number> {
    for (const number of [...snapshots].reverse()) {
      if (await this.#isWhole(number)) return this.#readSnapshot(number);
      this.#losses.push(`${nameOf('snap', number)} is damaged`);
    }
    const newest = snapshots.at(-1);
    if (newest === undefined) return 1;
    // The first log of a directory that was restored is not the first of the data.
    const isAllInLogs = logs.includes(1) && (await this.#beginOf(1)) === 0;
    return isAllInLogs ? 1 : this.#readSnapshot(newest);
  }

  async #isWhole(number: number): Promise<boolean> {
    let [isGood, isComplete] = [true, false];
    await this.#read(nameOf('snap', number), (part) => {
      if (part.kind === 'bad') isGood = false;
      isComplete = part.kind === 'end';
    });
    return isGood && isComplete;
  }

  async #readSnapshot(number: number): Promise<number> {
    const name = nameOf('snap', number);
    await this.#read(name, (part) => {
      if (part.kind === 'bad') this.#lose(name, part, 'the sessions in them are lost');
      else this.#lsn = Math.max(this.#lsn, part.firstLsn);
      if (part.kind === 'sessions') this.#apply(name, part);
    });
    return number;
  }

  /** @param next Number of the log after it. */
  async readLog(number: number, next: number | undefined): Promise<void> {
    const name = nameOf('log', number);
    // What comes later in this log was refused with status 901.
    const upTo = next === undefined ? undefined : await this.#beginOf(next);
    await this.#read(name, (part) => {
      if (part.kind === 'bad')
        this.#lose(name, part, 'if a crash left them, they count for nothing');
      else if (part.kind === 'changes' && part.firstLsn <= (upTo ?? part.firstLsn)) {
        this.#applyChanges(name, part);
      }
    });
  }

  /** The last change before a log; undefined when its beginning is damaged. */
  async #beginOf(number: number): Promise<number | undefined> {
    let lsn: number | undefined;
    await this.#read(nameOf('log', number), (part) => {
      if (part.kind === 'head' && part.offset === 0) lsn = readHead(part, number)?.lsn;
    });
    return lsn;
  }

  #applyChanges(name: string, frame: Frame): void {
    const last = frame.firstLsn + frame.count - 1;
    if (last <= this.#lsn) return;
    if (frame.firstLsn > this.#lsn + 1) {
      this.#losses.push(`changes ${this.#lsn + 1} to ${frame.firstLsn - 1} are lost`);
    }
    this.#apply(name, frame);
    this.#lsn = last;
  }

  #apply(name: string, frame: Frame): void {
    try {
      applyRecords(name, frame, (change) => this.#replay(change));
    } catch (error) {
      this.#losses.push(error instanceof Error ? error.message : String(error));
    }
  }

  #replay(change: ReplayedChange): void {
    for (const each of singly(change)) {
      try {
        this.#store.contents.replay(each);
      } catch {
        // Its session was created in what is lost.
        this.#unusable += 1;
      }
    }
  }

  #lose(name: string, { offset, end }: BadBytes, what: string): void {
    this.#losses.push(`${name}: bytes ${offset} to ${end} cannot be read: ${what}`);
  }

  async #read(name: string, take: (part: Frame | BadBytes) => void): Promise<void> {
    const file = await this.#files.open(name, 'read');
    try {
      for await (const part of readAroundDamage(file)) take(part);
    } finally {
      await file.close();
    }
  }
}

/** One change for each session, so that one that is lost does not keep the others from theirs. */
function singly(change: ReplayedChange): readonly ReplayedChange[] {
  if (change.kind === 'created') {
    return Array.from(change.sessions, (session) => ({ ...change, sessions: [session] }));
  }
  if (change.kind === 'ended') {
    return Array.from(change.sessions, (session) => ({ ...change, sessions: [session] }));
  }
  return [change];
}
