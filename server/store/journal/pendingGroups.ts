import type { KeptChange } from '../changes.ts';
import { ByteWriter } from './byteWriter.ts';
import { Group } from './group.ts';

/** Changes that are not on disk, in groups, older first: those that are in the file, one that is on its way there, one that gathers. */
export class PendingGroups {
  #gathering = new Group(new ByteWriter(), 1);
  #groups = [this.#gathering];
  /** So many at the start are in the file. */
  #written = 0;
  /** So many at the start are on disk, and were not settled yet. */
  #synced = 0;
  /** Where the next group has its bytes: of one that has been written. */
  #spare = new ByteWriter();

  get all(): readonly Group[] {
    return this.#groups;
  }

  /** Groups that are in the file and not on disk. */
  get written(): number {
    return this.#written - this.#synced;
  }

  get gathering(): Group {
    return this.#gathering;
  }

  /** Time of the oldest change. */
  get oldestAtMs(): number | undefined {
    const oldest = this.#groups[this.#synced];
    return oldest?.count ? oldest.startedAtMs : undefined;
  }

  /** Bytes that are not in the file. */
  get unwrittenBytes(): number {
    let bytes = 0;
    for (const group of this.#groups.slice(this.#written)) {
      if (group.count > 0) bytes += group.length;
    }
    return bytes;
  }

  add(change: KeptChange): void {
    this.#gathering.append(change);
  }

  /** @returns What has gathered, to be written; undefined when that is nothing. */
  take(): Group | undefined {
    const group = this.#gathering;
    if (group.count === 0) return undefined;
    this.#gathering = new Group(this.#spare, group.number + 1);
    this.#groups.push(this.#gathering);
    return group;
  }

  /** The group that was taken is in the file. */
  noteWritten({ bytes }: Group): void {
    this.#written += 1;
    this.#spare = bytes;
  }

  /** So many of those that are in the file are on disk. */
  noteSynced(count: number): void {
    this.#synced += count;
  }

  /** Settles those that are on disk. */
  settle(): void {
    const count = this.#synced;
    this.#written -= count;
    this.#synced = 0;
    for (const group of this.#groups.splice(0, count)) group.settle(true);
  }

  /** Gives up all. @param isKept Whether they count though they are not on disk. */
  drop(isKept: boolean): void {
    this.settle();
    const dropped = this.#groups;
    this.#gathering = new Group(new ByteWriter(), this.#gathering.number + 1);
    this.#groups = [this.#gathering];
    this.#written = 0;
    for (const group of dropped) group.settle(isKept);
  }
}
