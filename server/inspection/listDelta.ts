import type { Result } from '../../protocol/result.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import type { Eventually } from '../eventually.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems } from './frameSize.ts';
import { valueOf } from './valueOf.ts';

/**
 * What one inspector does not know yet about a list in the store. Only names wait here, each once,
 * and no more than the list is long. They are taken out before the store is asked: a change that
 * comes while the store answers is kept for the next frame.
 */
export class ListDelta {
  /** Sent to the inspector, in the order of sending. */
  readonly listed = new Set<string>();
  readonly #maxListed: number;
  /** Added or changed since they were sent, in that order. */
  readonly #changed = new Set<string>();
  /** Removed since they were sent; one that was added again is in both. */
  readonly #removed = new Set<string>();
  /** The store is being asked for these. */
  #asked: ReadonlySet<string> = new Set();
  #isListing = false;
  #mustList = true;

  constructor(maxListed: number) {
    this.#maxListed = maxListed;
  }

  /** Nothing that is known counts: the whole list comes with the next frame. */
  get mustList(): boolean {
    return this.#mustList;
  }

  get hasChanges(): boolean {
    return this.#mustList || this.#changed.size > 0 || this.#removed.size > 0;
  }

  /** How many the inspector has, or will have when it has got what waits. */
  get size(): number {
    return this.listed.size + this.#changed.size;
  }

  /** How many the inspector has and that are still there. */
  get keptSize(): number {
    return this.listed.size - this.#removed.size;
  }

  /** Whether it was sent, or is about to be. */
  isKnown(name: string): boolean {
    return this.listed.has(name) || this.#asked.has(name);
  }

  /** Whether the names are being read, so that nobody knows which they are. */
  get isListing(): boolean {
    return this.#isListing;
  }

  /** Whether it is known, and has not been removed since. */
  isKept(name: string): boolean {
    return this.isKnown(name) && !this.#removed.has(name);
  }

  listAgain(): void {
    this.#mustList = true;
  }

  /** It is there again: where it was removed while the list is on its way, that list has its old place or its new one. */
  noteStored(name: string): void {
    if (this.#isListing && this.#removed.has(name)) this.#mustList = true;
  }

  add(name: string): void {
    this.noteStored(name);
    this.change(name);
  }

  change(name: string): void {
    if (this.#mustList) return;
    this.#changed.add(name);
    if (this.#changed.size > this.#maxListed) this.#mustList = true;
  }

  remove(name: string): void {
    if (this.#mustList) return;
    this.#changed.delete(name);
    if (!this.#isListing && !this.isKnown(name)) return;
    this.#removed.add(name);
    if (this.#removed.size > this.#maxListed) this.#mustList = true;
  }

  /** Makes a frame. When that fails, the next one begins with the list: what was taken out is lost. */
  async frame<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      this.#mustList = true;
      throw error;
    } finally {
      this.#asked = new Set();
      this.#isListing = false;
    }
  }

  /**
   * Begins with what is in the store now.
   * @param read Names in their order; undefined: there is no such list any more.
   * @returns Whether there is one.
   */
  async list(
    read: (limit: number) => Eventually<Result<readonly string[] | undefined, Refusal>>,
  ): Promise<boolean> {
    this.#mustList = false;
    this.#isListing = true;
    this.listed.clear();
    this.#changed.clear();
    this.#removed.clear();
    const names = valueOf(await read(this.#maxListed));
    this.#isListing = false;
    this.#putFirst(names ?? []);
    return names !== undefined;
  }

  /** Those of the removed ones that the inspector has. */
  takeRemoved(): string[] {
    const removed = [...this.#removed].filter((name) => this.listed.delete(name));
    this.#removed.clear();
    return removed;
  }

  /** Those to ask the store for, as many as a frame may have. */
  takeChanged(): string[] {
    const asked = firstOf(this.#changed, maxFrameItems);
    this.#asked = new Set(asked);
    for (const name of asked) this.#changed.delete(name);
    return asked;
  }

  /** Those that found no room in the frame come first in the next one. */
  putBack(names: readonly string[]): void {
    if (names.length > 0) this.#putFirst(names);
  }

  /** Except for what was removed since: added once more, it has another place. */
  #putFirst(names: readonly string[]): void {
    const changedSince = [...this.#changed];
    this.#changed.clear();
    for (const name of names) if (!this.#removed.has(name)) this.#changed.add(name);
    for (const name of changedSince) this.#changed.add(name);
  }
}
