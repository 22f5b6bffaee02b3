import type { Token } from '../../../protocol/token.ts';
import type { SessionHistory } from '../history/historyChunks.ts';
import { LongList } from '../longList.ts';
import type { Additions } from './additions.ts';
import type { Term } from './expiry.ts';
import type { LargeKeys } from './keyMap.ts';
import { NameBlocks } from './nameBlocks.ts';
import { PackedKeys } from './packedKeys.ts';
import type { TokenRows } from './tokenTablePart.ts';

/** A row has so many words of 32 bits: together they are as long as a line of the processor's caches. */
const rowWords = 16;

/** Rows of a piece: 256 kB, which the system gives page by page as they are used. */
const pieceBits = 12;
const rowsPerPiece = 1 << pieceBits;
const placeInPiece = rowsPerPiece - 1;

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
  /** Its neighbours in its chain; in a free row, `next` is the next free one of its piece. */
  previous: 8,
  next: 9,
  group: 10,
  place: 11,
  /** A block; -1: the name is too long for one. */
  name: 12,
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
  hasHistory: 64,
  /** No server made its token. */
  hasOtherToken: 128,
} as const;

/** A term that knows the row of its session. */
export interface SessionTerm extends Term {
  readonly row: number;
}

/** Memory for some rows. */
export interface RowPiece {
  readonly number: number;
  readonly words: Int32Array;
  /** The same memory. */
  readonly floats: Float64Array;
  /** Rows in use. */
  used: number;
  /** From this place on rows were never used. */
  fresh: number;
  /** A row that was freed; 0: there is none. */
  freed: number;
}

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
  readonly terms = new LongList<SessionTerm | undefined>(undefined);
  readonly ids = new LongList<string | undefined>(undefined);
  readonly histories = new LongList<SessionHistory | undefined>(undefined);
  /** All have ended at once: they may still be read, but are in no table. */
  isLeft = false;
  readonly #pieces: (RowPiece | undefined)[] = [];
  /** Numbers of pieces that were given up. */
  readonly #unused: number[] = [];
  /** Pieces with free rows. */
  #roomy: RowPiece[] = [];
  #count = 0;

  constructor(additions: Additions) {
    this.additions = additions;
  }

  /** Rows in use. */
  get count(): number {
    return this.#count;
  }

  /** No row is greater. */
  get last(): number {
    return this.#pieces.length * rowsPerPiece - 1;
  }

  /** @returns A row of zeros but for its generation, never row 0. */
  allocate(): number {
    const piece = this.#roomy.at(-1) ?? this.#addPiece();
    let row = piece.freed;
    if (row > 0) piece.freed = piece.words[offsetOf(row) + words.next] ?? 0;
    else {
      row = piece.number * rowsPerPiece + piece.fresh;
      piece.fresh += 1;
    }
    piece.words[offsetOf(row) + words.next] = 0;
    piece.used += 1;
    this.#count += 1;
    if (piece.freed === 0 && piece.fresh === rowsPerPiece) this.#roomy.pop();
    return row;
  }

  /** Who has read the row before finds it used no more. */
  free(row: number): void {
    const piece = this.pieceOf(row);
    const at = offsetOf(row);
    const generation = (piece.words[at + words.generation] ?? 0) + 1;
    piece.words.fill(0, at, at + rowWords);
    piece.words[at + words.generation] = generation;
    const isFull = piece.freed === 0 && piece.fresh === rowsPerPiece;
    piece.words[at + words.next] = piece.freed;
    piece.freed = row;
    piece.used -= 1;
    this.#count -= 1;
    if (isFull) this.#roomy.push(piece);
    // One stays, as sessions may come and go.
    if (piece.used > 0 || this.#roomy.length === 1) return;
    this.#roomy = this.#roomy.filter((each) => each !== piece);
    this.#pieces[piece.number] = undefined;
    this.#unused.push(piece.number);
  }

  has(row: number): boolean {
    return this.#pieces[row >>> pieceBits] !== undefined;
  }

  pieceOf(row: number): RowPiece {
    const piece = this.#pieces[row >>> pieceBits];
    if (!piece) throw new Error('A row was used that had been freed');
    return piece;
  }

  isOfBits(row: number, low: number, high: number): boolean {
    const memory = this.pieceOf(row).words;
    const at = offsetOf(row);
    return memory[at + words.low] === low && memory[at + words.high] === high;
  }

  /** A word of a row. */
  get(row: number, word: number): number {
    return this.pieceOf(row).words[offsetOf(row) + word] ?? 0;
  }

  set(row: number, word: number, value: number): void {
    this.pieceOf(row).words[offsetOf(row) + word] = value;
  }

  #addPiece(): RowPiece {
    const number = this.#unused.pop() ?? this.#pieces.length;
    const memory = new ArrayBuffer(rowsPerPiece * rowWords * 4);
    const piece: RowPiece = {
      number,
      words: new Int32Array(memory),
      floats: new Float64Array(memory),
      used: 0,
      // There is no row 0.
      fresh: number === 0 ? 1 : 0,
      freed: 0,
    };
    this.#pieces[number] = piece;
    this.#roomy.push(piece);
    return piece;
  }
}

/** Where a row begins in its piece, in words. */
export function offsetOf(row: number): number {
  return (row & placeInPiece) * rowWords;
}
