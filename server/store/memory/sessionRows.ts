import type { Token } from '../../../protocol/token.ts';
import { LongList } from '../longList.ts';
import { RowPieces, type RowPiece } from '../rowPieces.ts';
import type { Additions } from './additions.ts';
import type { LargeKeys } from './largeKeys.ts';
import { NameBlocks } from './nameBlocks.ts';
import { PackedKeys } from './packedKeys.ts';
import { TermRows } from './termRows.ts';
import type { TokenRows } from './tokenTablePart.ts';

/** A row has so many words of 32 bits: together they are as long as a line of the processor's caches. */
const rowWords = 16;

/** Where the members of a session are in its row, by words. */
export const words = {
  low: 0,
  high: 1,
  /** Counts up when the row is freed. */
  generation: 2,
  state: 3,
  /** Of its keys; -1: they are large. */
  block: 4,
  clears: 5,
  /** Its neighbours in its chain. */
  previous: 8,
  next: 9,
  group: 10,
  place: 11,
  /** A block; -1: the name is too long for one. */
  name: 12,
  /** See {@link TimelineRows}. */
  timeline: 13,
} as const;

/** By words of 64 bits. */
export const floats = { changedAt: 3, createdAtMs: 7 } as const;

/** Bits of `state`. */
export const states = {
  shared: 1,
  hasExtension: 2,
  onSetAdd: 4,
  onGet: 8,
  hasTerm: 16,
  hasId: 32,
  /** No server made its token. */
  hasOtherToken: 64,
} as const;

/**
 * Memory of sessions: one row for each, in arrays outside of the JavaScript heap, where they cost the garbage collector
 * nothing. What only some sessions have is in lists by row. See {@link Session}, which reads a row.
 */
export class SessionRows implements TokenRows {
  readonly packed = new PackedKeys();
  readonly names = new NameBlocks();
  readonly additions: Additions;
  readonly longNames = new LongList<string | undefined>(undefined);
  readonly otherTokens = new LongList<Token | undefined>(undefined);
  readonly large = new LongList<LargeKeys | undefined>(undefined);
  readonly terms = new TermRows();
  readonly ids = new LongList<string | undefined>(undefined);
  /** All have ended at once: they may still be read, but are in no table. */
  isLeft = false;
  readonly #pieces = new RowPieces(rowWords);

  constructor(additions: Additions) {
    this.additions = additions;
  }

  /** Rows in use. */
  get count(): number {
    return this.#pieces.count;
  }

  /** No row is greater. */
  get last(): number {
    return this.#pieces.last;
  }

  /** @returns A row of zeros but for its generation, never row 0. */
  allocate(): number {
    return this.#pieces.allocate();
  }

  /** Who has read the row before finds it used no more. */
  free(row: number): void {
    const memory = this.pieceOf(row).words;
    const at = this.offsetOf(row);
    const generation = (memory[at + words.generation] ?? 0) + 1;
    memory.fill(0, at, at + rowWords);
    memory[at + words.generation] = generation;
    this.#pieces.free(row);
  }

  has(row: number): boolean {
    return this.#pieces.has(row);
  }

  pieceOf(row: number): RowPiece {
    return this.#pieces.pieceOf(row);
  }

  /** Where a row begins in its piece, in words. */
  offsetOf(row: number): number {
    return this.#pieces.offsetOf(row);
  }

  isOfBits(row: number, low: number, high: number): boolean {
    const memory = this.pieceOf(row).words;
    const at = this.offsetOf(row);
    return memory[at + words.low] === low && memory[at + words.high] === high;
  }

  /** A word of a row. */
  get(row: number, word: number): number {
    return this.pieceOf(row).words[this.offsetOf(row) + word] ?? 0;
  }

  set(row: number, word: number, value: number): void {
    this.pieceOf(row).words[this.offsetOf(row) + word] = value;
  }
}
