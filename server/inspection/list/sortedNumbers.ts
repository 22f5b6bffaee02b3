import type { Steps } from '../../../protocol/steps.ts';
import { eachOf } from '../../turns.ts';

/** What numbers are sorted by: a key for each of them. */
export type SortKeys = ArrayLike<number> | ArrayLike<string>;

/** Numbers beside each other; those of the next chunk come after all of them. */
interface Chunk {
  /** None of its numbers comes before this key, and of those that have it none before this number. */
  readonly key: number | string;
  readonly number: number;
  numbers: number[];
  /** They are sorted when somebody looks. */
  isSorted: boolean;
}

/** A longer chunk is divided: cheap to insert into, and few enough to count through. */
const maxChunk = 1_000;

/** Sorted in one go, to find out where chunks begin. */
const sampleSize = 4_000;

const perStep = { perStep: 5_000 };

/**
 * Numbers in the order of their keys, and where keys are equal in their own: however many, one is added or removed
 * in some microseconds, and any part of the list is read by its position. A key must not change while its number is
 * in the list.
 */
export class SortedNumbers {
  readonly #keys: () => SortKeys;
  #chunks: Chunk[] = [];
  #size = 0;

  /** @param keys Called whenever they are needed: a list that grows may become another one. */
  constructor(keys: () => SortKeys) {
    this.#keys = keys;
  }

  get size(): number {
    return this.#size;
  }

  /** Puts many into an empty list, each once. Cheaper than one by one: most of them are sorted when they are read. */
  *fill(numbers: readonly number[]): Steps<void> {
    const isAscending = yield* this.#areAscending(numbers);
    const lowers = isAscending ? everyOf(numbers, half) : this.#lowersOf(numbers);
    const keys = this.#keys();
    this.#chunks = lowers.map((number) => chunkFrom(keys, number, []));
    this.#size = numbers.length;
    yield;
    let at = 0;
    yield* eachOf(numbers, perStep, (number) => {
      const chunk = this.#chunks[isAscending ? Math.floor(at / half) : this.#chunkFor(number)];
      chunk?.numbers.push(number);
      at += 1;
    });
    for (const chunk of this.#chunks) chunk.isSorted = isAscending;
  }

  /** Adds a number that is not there. */
  insert(number: number): void {
    this.#size += 1;
    if (this.#chunks.length === 0) {
      this.#chunks.push(chunkFrom(this.#keys(), number, [number]));
      return;
    }
    const at = this.#chunkFor(number);
    const chunk = this.#chunkAt(at);
    if (chunk.isSorted) chunk.numbers.splice(this.#placeIn(chunk, number), 0, number);
    else chunk.numbers.push(number);
    if (chunk.numbers.length > maxChunk) this.#divide(at);
  }

  /** Removes a number that is there. */
  remove(number: number): void {
    this.#size -= 1;
    const at = this.#chunkFor(number);
    const chunk = this.#chunkAt(at);
    const place = chunk.isSorted ? this.#placeIn(chunk, number) : chunk.numbers.indexOf(number);
    chunk.numbers.splice(place, 1);
    if (chunk.numbers.length === 0) this.#chunks.splice(at, 1);
  }

  /** The numbers at these positions, counted from 0; fewer where the list ends. */
  slice(from: number, count: number): number[] {
    const found: number[] = [];
    let skip = from;
    for (const chunk of this.#chunks) {
      if (found.length >= count) break;
      const { length } = chunk.numbers;
      if (skip < length) {
        this.#sort(chunk);
        found.push(...chunk.numbers.slice(skip, skip + count - found.length));
      }
      skip = Math.max(0, skip - length);
    }
    return found;
  }

  /** Where a number is that is there, counted from 0. */
  positionOf(number: number): number {
    const at = this.#chunkFor(number);
    let before = 0;
    for (const chunk of this.#chunks.slice(0, at)) before += chunk.numbers.length;
    const chunk = this.#chunkAt(at);
    this.#sort(chunk);
    return before + this.#placeIn(chunk, number);
  }

  /** How many have a key that is not beyond this one. */
  countTo(key: number | string): number {
    const keys = this.#keys();
    let count = 0;
    for (const [at, chunk] of this.#chunks.entries()) {
      // The first chunk also has what was inserted before its first number.
      if (at > 0 && chunk.key > key) break;
      const next = this.#chunks[at + 1];
      if (next && next.key <= key) count += chunk.numbers.length;
      else count += chunk.numbers.filter((number) => (keys[number] ?? 0) <= key).length;
    }
    return count;
  }

  *#areAscending(numbers: readonly number[]): Steps<boolean> {
    const keys = this.#keys();
    for (let at = 1; at < numbers.length; at += 1) {
      if (isBefore(keys, numbers[at] ?? 0, numbers[at - 1] ?? 0)) return false;
      if (at % 50_000 === 0) yield;
    }
    return true;
  }

  /** Where chunks of a good size begin: from a sample. */
  #lowersOf(numbers: readonly number[]): number[] {
    const step = Math.max(1, Math.floor(numbers.length / sampleSize));
    const sample: number[] = [];
    // By chance, as keys may repeat regularly; always the same, as chance is hard to test.
    let chance = 1;
    for (let at = 0; at < numbers.length; at += 1 + (chance % (2 * step - 1))) {
      sample.push(numbers[at] ?? 0);
      chance = (chance * 48_271) % 2_147_483_647;
    }
    sample.sort(comparing(this.#keys()));
    return everyOf(sample, Math.ceil(half / step));
  }

  #divide(at: number): void {
    const chunk = this.#chunkAt(at);
    this.#sort(chunk);
    const upper = chunk.numbers.splice(half);
    const next = chunkFrom(this.#keys(), upper[0] ?? 0, upper);
    next.isSorted = true;
    this.#chunks.splice(at + 1, 0, next);
  }

  #sort(chunk: Chunk): void {
    if (!chunk.isSorted) chunk.numbers.sort(comparing(this.#keys()));
    chunk.isSorted = true;
  }

  /** Position of the chunk where a number is, or belongs: the last that begins with it or before it, or the first. */
  #chunkFor(number: number): number {
    const keys = this.#keys();
    const key = keys[number] ?? 0;
    let [from, to] = [0, this.#chunks.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      const chunk = this.#chunkAt(middle);
      const isAfter = chunk.key === key ? chunk.number > number : chunk.key > key;
      if (isAfter) to = middle;
      else from = middle;
    }
    return from;
  }

  #placeIn({ numbers }: Chunk, number: number): number {
    const keys = this.#keys();
    let [from, to] = [0, numbers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBefore(keys, numbers[middle] ?? 0, number)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #chunkAt(at: number): Chunk {
    const chunk = this.#chunks[at];
    if (!chunk) throw new Error(`There is no chunk ${at}`);
    return chunk;
  }
}

/** The first, and each that is so many places after the one before. */
function everyOf(numbers: readonly number[], step: number): number[] {
  const some: number[] = [];
  for (let at = 0; at < numbers.length; at += step) some.push(numbers[at] ?? 0);
  return some;
}

/** How long chunks are at first. */
const half = maxChunk / 2;

function chunkFrom(keys: SortKeys, number: number, numbers: number[]): Chunk {
  return { key: keys[number] ?? 0, number, numbers, isSorted: numbers.length < 2 };
}

function isBefore(keys: SortKeys, a: number, b: number): boolean {
  const [left, right] = [keys[a] ?? 0, keys[b] ?? 0];
  return left === right ? a < b : left < right;
}

function comparing(keys: SortKeys): (a: number, b: number) => number {
  return (a, b) => {
    const [left, right] = [keys[a] ?? 0, keys[b] ?? 0];
    if (left === right) return a - b;
    return left < right ? -1 : 1;
  };
}
