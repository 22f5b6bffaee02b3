/** Items of a piece: more than 128 KB, so that V8 never moves one, and few enough to be made in some microseconds. */
const pieceBits = 15;
const pieceLength = 1 << pieceBits;
const placeInPiece = pieceLength - 1;

/**
 * A list of very many items, by places from 0 on. V8 copies an array as a whole when it grows, and collects all garbage
 * with every 64 MB of typed arrays; here only ever a small plain piece is made.
 */
export class LongList<T> {
  protected readonly empty: T;
  protected pieces: T[][] = [];
  #length = 0;

  /** @param empty What is at places where nothing was set. */
  constructor(empty: T) {
    this.empty = empty;
  }

  /** All places that were set are before this one. */
  get length(): number {
    return this.#length;
  }

  at(place: number): T {
    return this.pieces[place >> pieceBits]?.[place & placeInPiece] ?? this.empty;
  }

  set(place: number, item: T): void {
    const piece = this.pieceFor(place);
    while (piece.length <= (place & placeInPiece)) piece.push(this.empty);
    piece[place & placeInPiece] = item;
  }

  push(item: T): void {
    this.set(this.#length, item);
  }

  clear(): void {
    this.pieces = [];
    this.#length = 0;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let place = 0; place < this.#length; place += 1) yield this.at(place);
  }

  /** The piece where a place is that is set now. */
  protected pieceFor(place: number): T[] {
    if (place >= this.#length) this.#length = place + 1;
    const at = place >> pieceBits;
    while (this.pieces.length <= at) this.pieces.push(this.newPiece(this.pieces.length));
    return this.pieces[at] ?? [];
  }

  /** The first one grows with its items, as most lists are short. */
  protected newPiece(at: number): T[] {
    return at === 0 ? [] : Array<T>(pieceLength).fill(this.empty);
  }
}

/**
 * A long list of numbers. V8 makes the arrays that one place in the code deals with all alike: next to texts, each number would be an
 * object. So what looks into pieces is here once more.
 */
export class LongNumbers extends LongList<number> {
  static of(numbers: Iterable<number>): LongNumbers {
    const list = new LongNumbers(0);
    for (const number of numbers) list.push(number);
    return list;
  }

  override at(place: number): number {
    return this.pieces[place >> pieceBits]?.[place & placeInPiece] ?? this.empty;
  }

  override set(place: number, item: number): void {
    const piece = this.pieceFor(place);
    while (piece.length <= (place & placeInPiece)) piece.push(this.empty);
    piece[place & placeInPiece] = item;
  }

  protected override newPiece(at: number): number[] {
    return at === 0 ? [] : Array<number>(pieceLength).fill(this.empty);
  }
}
