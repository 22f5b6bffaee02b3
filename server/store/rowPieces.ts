/**
 * Rows of a piece: with 16 words 1 MB, which the system gives page by page as they are used. The larger, the fewer objects there
 * are to read for a row at random.
 */
const pieceBits = 14;
export const rowsPerPiece = 1 << pieceBits;
const placeInPiece = rowsPerPiece - 1;

/** In a free row: the next free one of its piece. */
const nextFree = 0;

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
 * Rows of some words of 32 bits each, in arrays outside of the JavaScript heap, where they cost the garbage collector nothing.
 * A row is known by a number, never 0, and must be freed. A piece without rows goes back to the system.
 */
export class RowPieces {
  readonly #rowWords: number;
  readonly #pieces: (RowPiece | undefined)[] = [];
  /** Numbers of pieces that were given up. */
  readonly #unused: number[] = [];
  /** Pieces with free rows. */
  #roomy: RowPiece[] = [];
  #count = 0;

  /** @param rowWords An even number. */
  constructor(rowWords: number) {
    this.#rowWords = rowWords;
  }

  /** Rows in use. */
  get count(): number {
    return this.#count;
  }

  /** No row is greater. */
  get last(): number {
    return this.#pieces.length * rowsPerPiece - 1;
  }

  /** @returns A row as it was freed, but for its first word, which is 0; one that was never used has zeros. */
  allocate(): number {
    const piece = this.#roomy.at(-1) ?? this.#addPiece();
    let row = piece.freed;
    if (row > 0) {
      const at = this.offsetOf(row) + nextFree;
      piece.freed = piece.words[at] ?? 0;
      piece.words[at] = 0;
    } else {
      row = piece.number * rowsPerPiece + piece.fresh;
      piece.fresh += 1;
    }
    piece.used += 1;
    this.#count += 1;
    if (isFull(piece)) this.#roomy.pop();
    return row;
  }

  free(row: number): void {
    const piece = this.pieceOf(row);
    if (isFull(piece)) this.#roomy.push(piece);
    piece.words[this.offsetOf(row) + nextFree] = piece.freed;
    piece.freed = row;
    piece.used -= 1;
    this.#count -= 1;
    // One stays, as rows may come and go.
    if (piece.used > 0 || this.#roomy.length === 1) return;
    this.#roomy = this.#roomy.filter((each) => each !== piece);
    this.#pieces[piece.number] = undefined;
    this.#unused.push(piece.number);
  }

  /** Whether there is memory for this row. */
  has(row: number): boolean {
    return this.#pieces[row >>> pieceBits] !== undefined;
  }

  /** Where the row is, from {@link offsetOf} on. */
  pieceOf(row: number): RowPiece {
    const piece = this.#pieces[row >>> pieceBits];
    if (!piece) throw new Error('A row was used that had been freed');
    return piece;
  }

  /** Where a row begins in its piece, in words. */
  offsetOf(row: number): number {
    return (row & placeInPiece) * this.#rowWords;
  }

  #addPiece(): RowPiece {
    const number = this.#unused.pop() ?? this.#pieces.length;
    const memory = new ArrayBuffer(rowsPerPiece * this.#rowWords * 4);
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

function isFull({ freed, fresh }: RowPiece): boolean {
  return freed === 0 && fresh === rowsPerPiece;
}
