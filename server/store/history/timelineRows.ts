import { RowPieces } from '../rowPieces.ts';

/** A row has so many words of 32 bits: two rows are as long as a line of the processor's caches. */
const rowWords = 8;

const words = {
  lastChunk: 0,
  lastAt: 1,
  length: 2,
  written: 3,
  units: 4,
  dropped: 5,
  since: 6,
  /** Bits 32 to 46 of `dropped` and `since`, 15 each, and flags. */
  more: 7,
} as const;

/** Lengths of changes are multiples of so many bytes. */
const unitBytes = 8;
const maxUnits = 2 ** 31 - 1;

const lowBits = 2 ** 32;
const moreBits = 15;
const moreMask = (1 << moreBits) - 1;
const flags = { isFirstBroken: 1 << 30, isHeld: 1 << 31 } as const;

/** Memory that a timeline takes beside its changes. */
export const timelineBytes = rowWords * 4;

/**
 * What is known of each timeline beside its changes, outside of the JavaScript heap, where it costs the garbage collector
 * nothing. A timeline is known by the number of its row, never 0.
 */
export class TimelineRows {
  #pieces = new RowPieces(rowWords);

  /** Timelines in use. */
  get count(): number {
    return this.#pieces.count;
  }

  /** @returns The number of a timeline without changes. It is held, see {@link TimelineRow.isHeld}. */
  allocate(): number {
    const number = this.#pieces.allocate();
    const at = this.offsetOf(number);
    const memory = this.wordsOf(number);
    memory.fill(0, at, at + rowWords);
    memory[at + words.more] = flags.isHeld;
    return number;
  }

  free(number: number): void {
    this.#pieces.free(number);
  }

  /** Frees all. */
  clear(): void {
    this.#pieces = new RowPieces(rowWords);
  }

  /** Where the row is, from {@link offsetOf} on. */
  wordsOf(number: number): Int32Array {
    return this.#pieces.pieceOf(number).words;
  }

  offsetOf(number: number): number {
    return this.#pieces.offsetOf(number);
  }
}

/** Reads and writes the row of one timeline after the other. */
export class TimelineRow {
  readonly #rows: TimelineRows;
  #words: Int32Array = new Int32Array(0);
  #at = 0;
  #number = 0;

  constructor(rows: TimelineRows) {
    this.#rows = rows;
  }

  /** Goes to the row of another timeline. */
  moveTo(number: number): this {
    this.#words = this.#rows.wordsOf(number);
    this.#at = this.#rows.offsetOf(number);
    this.#number = number;
    return this;
  }

  get number(): number {
    return this.#number;
  }

  /** Number of the chunk with the newest change; 0: there is none. */
  get lastChunk(): number {
    return this.#get(words.lastChunk);
  }

  /** Where the newest change is in its chunk. */
  get lastAt(): number {
    return this.#get(words.lastAt);
  }

  setLast(chunk: number, at: number): void {
    this.#set(words.lastChunk, chunk);
    this.#set(words.lastAt, at);
  }

  /** Changes that are remembered. */
  get length(): number {
    return this.#get(words.length);
  }

  set length(count: number) {
    this.#set(words.length, count);
  }

  /** Changes in chunks, also those that are not remembered any more. */
  get written(): number {
    return this.#get(words.written);
  }

  set written(count: number) {
    this.#set(words.written, count);
  }

  /** Bytes that the remembered changes take, about. */
  get bytes(): number {
    return this.#get(words.units) * unitBytes;
  }

  set bytes(bytes: number) {
    this.#set(words.units, Math.min(Math.round(bytes / unitBytes), maxUnits));
  }

  /** Changes that were remembered once; less than 2 ** 47. */
  get dropped(): number {
    return (this.#get(words.dropped) >>> 0) + (this.#get(words.more) & moreMask) * lowBits;
  }

  set dropped(count: number) {
    this.#set(words.dropped, count);
    this.#setMore(0, Math.floor(count / lowBits));
  }

  /** All changes after it are remembered: whole milliseconds since the store was opened, less than 2 ** 46 of them. */
  get sinceMs(): number {
    const high = (this.#get(words.more) << (32 - 2 * moreBits)) >> (32 - moreBits);
    return (this.#get(words.since) >>> 0) + high * lowBits;
  }

  set sinceMs(ms: number) {
    this.#set(words.since, ms);
    this.#setMore(moreBits, Math.floor(ms / lowBits));
  }

  /** The keys of the oldest remembered change are missing. */
  get isFirstBroken(): boolean {
    return (this.#get(words.more) & flags.isFirstBroken) !== 0;
  }

  set isFirstBroken(is: boolean) {
    this.#setFlag(flags.isFirstBroken, is);
  }

  /** Its number is in use. A row that is not held is freed when its last change has left the chunks. */
  get isHeld(): boolean {
    return (this.#get(words.more) & flags.isHeld) !== 0;
  }

  set isHeld(is: boolean) {
    this.#setFlag(flags.isHeld, is);
  }

  #setMore(shift: number, bits: number): void {
    const others = this.#get(words.more) & ~(moreMask << shift);
    this.#set(words.more, others | ((bits & moreMask) << shift));
  }

  #setFlag(flag: number, is: boolean): void {
    const others = this.#get(words.more) & ~flag;
    this.#set(words.more, is ? others | flag : others);
  }

  #get(word: number): number {
    return this.#words[this.#at + word] ?? 0;
  }

  #set(word: number, value: number): void {
    this.#words[this.#at + word] = value;
  }
}
