import type { Steps } from '../../../protocol/steps.ts';
import type { LongNumbers } from '../../store/longList.ts';
import { StepClock, eachAtInTime } from '../../turns.ts';
import { TextRanks } from './textRanks.ts';

type Key = number | string;

/** What numbers are sorted by: the key of each, all of the same type. It may take a moment. */
export type KeyOf = (number: number) => Key;

/** Where a number is in the order. */
interface Place {
  /** The key; of a text see {@link TextRanks}. */
  readonly rank: number;
  /** The key where it is a text. */
  readonly text: string;
  readonly number: number;
}

/** Numbers beside each other, none before its place; those of the next chunk come after all of them. */
interface Chunk {
  readonly from: Place;
  numbers: number[];
  /** They are sorted when somebody looks. */
  isSorted: boolean;
}

/** A longer chunk is divided: cheap to insert into, and few enough to count through. */
const maxChunk = 1_000;

/** How long chunks are at first. */
const half = maxChunk / 2;

/** Sorted in one go, to find out where chunks begin. */
const sampleSize = 4_000;

/**
 * Numbers in the order of their keys, and where keys are equal in their own: however many, one is added or removed
 * in some microseconds, and any part of the list is read by its position. A key must not change while its number is
 * in the list.
 */
export class SortedNumbers {
  readonly #keyOf: KeyOf;
  #ranks = new TextRanks('', '');
  #chunks: Chunk[] = [];
  /** Of the chunks: looked through quickly. */
  #lowest: number[] = [];
  #size = 0;

  constructor(keyOf: KeyOf) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#size;
  }

  /** Puts many into an empty list, each once. Cheaper than one by one: most of them are sorted when they are read. */
  *fill(numbers: LongNumbers): Steps<void> {
    const isAscending = yield* this.#areAscending(numbers);
    if (!isAscending) yield* this.#makeChunks(numbers);
    yield;
    yield* eachAtInTime(numbers, (number) => {
      if (isAscending) this.#append(number);
      else this.#chunkAt(this.#chunkFor(this.#placeOf(number))).numbers.push(number);
      this.#size += 1;
    });
  }

  /** Adds a number that is not there. */
  insert(number: number): void {
    const place = this.#placeOf(number);
    this.#size += 1;
    if (this.#chunks.length === 0) {
      this.#putChunk(0, { from: place, numbers: [number], isSorted: true });
      return;
    }
    const at = this.#chunkFor(place);
    const chunk = this.#chunkAt(at);
    if (chunk.isSorted) chunk.numbers.splice(this.#placeIn(chunk, place), 0, number);
    else chunk.numbers.push(number);
    if (chunk.numbers.length > maxChunk) this.#divide(at);
  }

  /** Removes a number that is there. */
  remove(number: number): void {
    this.#size -= 1;
    const place = this.#placeOf(number);
    const at = this.#chunkFor(place);
    const chunk = this.#chunkAt(at);
    const { numbers, isSorted } = chunk;
    numbers.splice(isSorted ? this.#placeIn(chunk, place) : numbers.indexOf(number), 1);
    if (numbers.length > 0) return;
    this.#chunks.splice(at, 1);
    this.#lowest.splice(at, 1);
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
    const place = this.#placeOf(number);
    const at = this.#chunkFor(place);
    let before = 0;
    for (const chunk of this.#chunks.slice(0, at)) before += chunk.numbers.length;
    const chunk = this.#chunkAt(at);
    this.#sort(chunk);
    return before + this.#placeIn(chunk, place);
  }

  /** How many have a key that is not beyond this one; keys must be numbers. */
  countTo(key: number): number {
    let count = 0;
    for (const [at, chunk] of this.#chunks.entries()) {
      // The first chunk also has what was inserted before its first number.
      if (at > 0 && chunk.from.rank > key) break;
      const next = this.#chunks[at + 1];
      if (next && next.from.rank <= key) count += chunk.numbers.length;
      else count += chunk.numbers.filter((number) => this.#placeOf(number).rank <= key).length;
    }
    return count;
  }

  *#areAscending(numbers: LongNumbers): Steps<boolean> {
    const clock = new StepClock();
    let lastKey: Key | undefined;
    // Without places, which would be a million objects.
    for (let at = 0; at < numbers.length; at += 1) {
      const key = this.#keyOf(numbers.at(at));
      const isBelow = lastKey !== undefined && key < lastKey;
      if (isBelow || (key === lastKey && numbers.at(at) < numbers.at(at - 1))) return false;
      lastKey = key;
      if (!clock.isOver()) continue;
      yield;
      clock.restart();
    }
    return true;
  }

  /** Puts a number at the end, which comes after all others. */
  #append(number: number): void {
    const last = this.#chunks.at(-1);
    if (last && last.numbers.length < half) last.numbers.push(number);
    else {
      const chunk = { from: this.#placeOf(number), numbers: [number], isSorted: true };
      this.#putChunk(this.#chunks.length, chunk);
    }
  }

  /** Makes empty chunks that will be of a good size: from a sample. */
  *#makeChunks(numbers: LongNumbers): Steps<void> {
    const step = Math.max(1, Math.floor(numbers.length / sampleSize));
    const sample: Place[] = [];
    // By chance, as keys may repeat regularly; always the same, as chance is hard to test.
    let chance = 1;
    for (let at = 0; at < numbers.length; at += 1 + (chance % (2 * step - 1))) {
      sample.push(this.#placeOf(numbers.at(at)));
      chance = (chance * 48_271) % 2_147_483_647;
    }
    yield;
    sample.sort(compare);
    yield;
    this.#ranks = new TextRanks(sample[0]?.text ?? '', sample.at(-1)?.text ?? '');
    const perChunk = Math.ceil(half / step);
    for (let at = 0; at < sample.length; at += perChunk) {
      const place = this.#placeOf(sample[at]?.number ?? 0);
      this.#putChunk(this.#chunks.length, { from: place, numbers: [], isSorted: false });
    }
  }

  #divide(at: number): void {
    const chunk = this.#chunkAt(at);
    this.#sort(chunk);
    const numbers = chunk.numbers.splice(half);
    const next = { from: this.#placeOf(numbers[0] ?? 0), numbers, isSorted: true };
    this.#putChunk(at + 1, next);
  }

  #sort(chunk: Chunk): void {
    if (chunk.isSorted) return;
    const places = chunk.numbers.map((number) => this.#placeOf(number));
    chunk.numbers = places.sort(compare).map(({ number }) => number);
    chunk.isSorted = true;
  }

  /** Position of the chunk where a place is, or belongs: the last that begins there or before it, or the first. */
  #chunkFor(place: Place): number {
    let [from, to] = [0, this.#chunks.length];
    while (to - from > 1) {
      const middle = (from + to) >> 1;
      const lowest = this.#lowest[middle] ?? 0;
      const isEqual = lowest === place.rank;
      const isAfter = isEqual
        ? compare(this.#chunkAt(middle).from, place) > 0
        : lowest > place.rank;
      if (isAfter) to = middle;
      else from = middle;
    }
    return from;
  }

  #placeIn({ numbers }: Chunk, place: Place): number {
    let [from, to] = [0, numbers.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compare(this.#placeOf(numbers[middle] ?? 0), place) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #placeOf(number: number): Place {
    const key = this.#keyOf(number);
    if (typeof key === 'number') return { rank: key, text: '', number };
    return { rank: this.#ranks.rankOf(key), text: key, number };
  }

  #putChunk(at: number, chunk: Chunk): void {
    this.#chunks.splice(at, 0, chunk);
    this.#lowest.splice(at, 0, chunk.from.rank);
  }

  #chunkAt(at: number): Chunk {
    const chunk = this.#chunks[at];
    if (!chunk) throw new Error(`There is no chunk ${at}`);
    return chunk;
  }
}

function compare(a: Place, b: Place): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  if (a.text !== b.text) return a.text < b.text ? -1 : 1;
  return a.number - b.number;
}
