import path from 'node:path';
import type { DataSetName } from '../../protocol/dataSetName.ts';
import { ok, refused, type Refused, type Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { RestoredSession } from '../store/sessionStore.ts';
import type { Log } from '../log.ts';
import type { DataSetStore, SaveFault, SaveLimit, Sessions } from './dataSetStore.ts';
import {
  createSave,
  listSaves,
  measureSaves,
  removeLeftovers,
  removeUnfinished,
  type OpenSave,
  type SaveOwner,
} from './saveDirectory.ts';
import { readSave } from './readSave.ts';
import { writeSave } from './writeSave.ts';

export interface DiskDataSetsOptions {
  /** Directory that has a directory for each name; must be there before the first save. */
  readonly root: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: SaveOwner;
  /** The token of the shared session of a name. */
  readonly sharedToken: (name: string) => Token;
  /** Saves of all names. */
  readonly maxSaves: number;
  /** Of all of them together. */
  readonly maxSaveBytes: number;
}

/** Ends a save in the middle. */
class SavesTooLarge extends Error {}

/**
 * Data sets as files below one directory. One save or load runs at a time, the others wait: so the
 * later save is the newer one, and one load at a time is in memory.
 */
export class DiskDataSets implements DataSetStore {
  readonly #options: DiskDataSetsOptions;
  #last: Promise<unknown> = Promise.resolve();
  #isEnding = false;

  constructor(options: DiskDataSetsOptions) {
    this.#options = options;
  }

  save(name: DataSetName, read: () => Sessions): Promise<Result<number, SaveFault>> {
    return this.#inTurn(async () => {
      const { root, clock, maxSaves, maxSaveBytes } = this.#options;
      const startedAtMs = clock.nowMs();
      const there = await measureSaves(root);
      if (there.count >= maxSaves) return this.#full(name, 'max-saves');
      const save = await this.#create(name, startedAtMs);
      if (!save) return refused('SaveDirWriteFail');
      try {
        this.#checkGoesOn();
        await writeSave(save.file, read(), (bytes) => {
          this.#checkGoesOn();
          if (there.bytes + bytes > maxSaveBytes) throw new SavesTooLarge();
        });
        await save.complete();
      } catch (error) {
        await save.abandon();
        if (error instanceof SavesTooLarge) return this.#full(name, 'max-save-bytes');
        this.#options.log.error(`Saving "${name}" failed: ${messageOf(error)}`);
        return refused('SaveError');
      }
      return ok(Math.round(clock.nowMs() - startedAtMs));
    });
  }

  /** Removes what earlier servers began to save and did not finish. */
  async removeLeftovers(): Promise<void> {
    const { root, clock, log, owner } = this.#options;
    try {
      for (const directory of await removeLeftovers(root, {
        nowMs: clock.nowMs(),
        owner,
      })) {
        log.warn(`Removed a save that was never finished: ${directory}`);
      }
    } catch (error) {
      log.warn(`Unfinished saves in ${root} could not be listed: ${messageOf(error)}`);
    }
  }

  /** Gives up the running save or load and those that wait: they are answered as failed. */
  async endWork(): Promise<void> {
    this.#isEnding = true;
    await this.#last;
  }

  /** Removes unfinished files at once, without waiting for anything. */
  removeUnfinished(): void {
    this.#isEnding = true;
    removeUnfinished();
  }

  #full(name: DataSetName, limit: SaveLimit): Refused<SaveLimit> {
    const { root, log } = this.#options;
    log.warn(`"${name}" is not saved: the limit --${limit} is reached in ${root}`);
    return refused(limit);
  }

  #checkGoesOn(): void {
    if (this.#isEnding) throw new Error('the server is shutting down');
  }

  async load(name: DataSetName): Promise<Result<RestoredSession[], string>> {
    const result = await this.loadQuietly(name);
    // The client gets a status only.
    if (!result.ok) this.#options.log.warn(result.refusal);
    return result;
  }

  /** As {@link load}, for a caller that reports the reason. */
  loadQuietly(name: DataSetName): Promise<Result<RestoredSession[], string>> {
    return this.#inTurn(async () => {
      const result = await this.#newest(name).catch((error) => refused(messageOf(error)));
      if (result.ok) return result;
      return refused(`"${name}" in ${this.#options.root} cannot be loaded: ${result.refusal}`);
    });
  }

  async #create(name: DataSetName, nowMs: number): Promise<OpenSave | undefined> {
    const { root, log, owner } = this.#options;
    try {
      return await createSave(root, name, { nowMs, owner });
    } catch (error) {
      log.error(`No files could be created to save "${name}": ${messageOf(error)}`);
      return undefined;
    }
  }

  async #newest(name: DataSetName): Promise<Result<RestoredSession[], string>> {
    const faults: string[] = [];
    for (const file of await listSaves(this.#options.root, name)) {
      const read = await this.#read(file).catch((error) => refused(messageOf(error)));
      const directory = path.basename(path.dirname(file));
      if (read.ok) {
        if (faults.length > 0)
          this.#options.log.warn(`Loaded "${name}" of ${directory}; ${faults[0]}`);
        return read;
      }
      faults.push(`${directory}: ${read.refusal}`);
    }
    return refused(faults[0] ?? 'there is no save of that name');
  }

  #read(file: string): Promise<Result<RestoredSession[], string>> {
    return readSave(file, this.#options.sharedToken, () => this.#checkGoesOn());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    const forget = () => undefined;
    this.#last = done.then(forget, forget);
    return done;
  }
}

/** One line; the system's messages name files, never what is in them. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
}
