import type { Steps } from '../../../protocol/steps.ts';
import { eachOf } from '../../turns.ts';

/** What a list is sorted by. All keys of a list are of one kind. */
export type SortKey = number | string;

/** An id and its place in the list: by the key, and by the id where keys are equal. */
export interface SortEntry {
  readonly id: string;
  readonly key: SortKey;
}

/** Entries beside each other; those of the next chunk come after all of them. */
interface Chunk {
  /** None of its entries comes before this one; undefined: the first chunk. */
  lower: SortEntry | undefined;
  readonly entries: SortEntry[];
  /** They are sorted when somebody looks. */
  isSorted: boolean;
}

/** A longer chunk is divided: cheap to insert into, and few enough to count through. */
const maxChunk = 1_000;

/** Sorted in one go, to find out where chunks begin. */
const sampleSize = 8_000;

const perStep = { perStep: 5_000 };

/**
 * Ids in the order of a key, however many: one is added, moved or removed in some microseconds, and any part
 * of the list is read by its position.
 */
export class SortedIds {
  readonly #entries = new SplitMap();
  readonly #chunks: Chunk[] = [{ lower: undefined, entries: [], isSorted: true }];

  get size(): number {
    return this.#entries.size;
  }

  /** Puts many into an empty list; of an id that comes again the first counts. Cheaper than one by one: most of them are sorted when they are read. */
  *fill(entries: readonly SortEntry[]): Steps<void> {
    if (this.size > 0) throw new Error('The list is not empty');
    for (const lower of lowersOf(entries))
      this.#chunks.push({ lower, entries: [], isSorted: false });
    yield;
    yield* eachOf(entries, perStep, (entry) => {
      if (this.#entries.get(entry.id)) return;
      this.#entries.set(entry);
      const chunk = this.#chunkAt(this.#chunkFor(entry));
      chunk.entries.push(entry);
      chunk.isSorted = false;
    });
  }

  /** Adds an id, or moves it to where its key belongs. */
  set(id: string, key: SortKey): void {
    const old = this.#entries.get(id);
    if (old?.key === key) return;
    if (old) this.#remove(old);
    const entry = { id, key };
    this.#entries.set(entry);
    this.#insert(entry);
  }

  delete(id: string): void {
    const entry = this.#entries.take(id);
    if (entry) this.#remove(entry);
  }

  /** The ids at these positions, counted from 0; fewer where the list ends. */
  slice(from: number, count: number): string[] {
    const found: string[] = [];
    let skip = from;
    for (const chunk of this.#chunks) {
      if (found.length >= count) break;
      const { length } = chunk.entries;
      if (skip < length) {
        sort(chunk);
        for (const { id } of chunk.entries.slice(skip, skip + count - found.length)) found.push(id);
      }
      skip = Math.max(0, skip - length);
    }
    return found;
  }

  /** Where an id is, counted from 0; undefined: nowhere. */
  positionOf(id: string): number | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const at = this.#chunkFor(entry);
    let before = 0;
    for (const chunk of this.#chunks.slice(0, at)) before += chunk.entries.length;
    return before + placeIn(sort(this.#chunkAt(at)).entries, entry);
  }

  #insert(entry: SortEntry): void {
    const at = this.#chunkFor(entry);
    const chunk = sort(this.#chunkAt(at));
    chunk.entries.splice(placeIn(chunk.entries, entry), 0, entry);
    if (chunk.entries.length <= maxChunk) return;
    const entries = chunk.entries.splice(chunk.entries.length >> 1);
    this.#chunks.splice(at + 1, 0, { lower: entries[0], entries, isSorted: true });
  }

  #remove(entry: SortEntry): void {
    const at = this.#chunkFor(entry);
    const chunk = sort(this.#chunkAt(at));
    chunk.entries.splice(placeIn(chunk.entries, entry), 1);
    if (chunk.entries.length > 0 || this.#chunks.length === 1) return;
    this.#chunks.splice(at, 1);
    this.#chunkAt(0).lower = undefined;
  }

  /** Position of the chunk where an entry is, or belongs: the last that begins with it or before it. */
  #chunkFor(entry: SortEntry): number {
    const isAfter = ({ lower }: Chunk) => lower !== undefined && compare(lower, entry) > 0;
    return firstWhere(this.#chunks, isAfter) - 1;
  }

  #chunkAt(at: number): Chunk {
    const chunk = this.#chunks[at];
    if (!chunk) throw new Error(`There is no chunk ${at}`);
    return chunk;
  }
}

/** Entries by their ids, in many maps: a map of a million holds others up for long when it grows. */
class SplitMap {
  readonly #maps = Array.from({ length: 256 }, () => new Map<string, SortEntry>());
  size = 0;

  get(id: string): SortEntry | undefined {
    return this.#mapOf(id).get(id);
  }

  set(entry: SortEntry): void {
    const map = this.#mapOf(entry.id);
    const { size } = map;
    map.set(entry.id, entry);
    this.size += map.size - size;
  }

  take(id: string): SortEntry | undefined {
    const map = this.#mapOf(id);
    const entry = map.get(id);
    if (map.delete(id)) this.size -= 1;
    return entry;
  }

  #mapOf(id: string): Map<string, SortEntry> {
    // Ids are hashes, so two characters spread them evenly.
    const number = id.charCodeAt(0) * 64 + id.charCodeAt(1);
    const map = this.#maps[number % this.#maps.length];
    if (!map) throw new Error('There are fewer maps');
    return map;
  }
}

/** Where chunks of a good size begin, but for the first: from a sample. */
function lowersOf(entries: readonly SortEntry[]): SortEntry[] {
  const step = Math.max(1, Math.floor(entries.length / sampleSize));
  const sample: SortEntry[] = [];
  for (let at = 0; at < entries.length; at += step) sample.push(...entries.slice(at, at + 1));
  sample.sort(compare);
  const perChunk = Math.ceil(maxChunk / 2 / step);
  return sample.filter((_, at) => at > 0 && at % perChunk === 0);
}

function sort(chunk: Chunk): Chunk {
  if (!chunk.isSorted) chunk.entries.sort(compare);
  chunk.isSorted = true;
  return chunk;
}

function placeIn(entries: readonly SortEntry[], entry: SortEntry): number {
  return firstWhere(entries, (other) => compare(other, entry) >= 0);
}

/** Position of the first item for which it is so, where it is so for all later ones; the length when for none. */
function firstWhere<T>(items: readonly T[], isSo: (item: T) => boolean): number {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    // In bounds: middle < to <= length.
    if (isSo(items[middle] as T)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function compare(a: SortEntry, b: SortEntry): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
