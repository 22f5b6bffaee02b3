/** Items of a piece: more than 128 KB, so that V8 never moves one, and few enough to be made in some microseconds. */
const pieceBits = 15;
const pieceLength = 1 << pieceBits;

/**
 * A list of very many items, by places from 0 on. V8 copies an array as a whole when it grows, and collects all garbage
 * with every 64 MB of typed arrays; here only ever a small plain piece is made.
 */
export class LongList<T> {
  readonly #empty: T;
  #pieces: T[][] = [];
  #length = 0;

  /** @param empty What is at places where nothing was set. */
  constructor(empty: T) {
    this.#empty = empty;
  }

  static of<T>(items: Iterable<T>, empty: T): LongList<T> {
    const list = new LongList(empty);
    for (const item of items) list.push(item);
    return list;
  }

  /** All places that were set are before this one. */
  get length(): number {
    return this.#length;
  }

  at(place: number): T {
    return this.#pieces[place >> pieceBits]?.[place & (pieceLength - 1)] ?? this.#empty;
  }

  set(place: number, item: T): void {
    const at = place >> pieceBits;
    const piece = this.#pieces[at] ?? this.#newPiece(at);
    const inPiece = place & (pieceLength - 1);
    while (piece.length <= inPiece) piece.push(this.#empty);
    piece[inPiece] = item;
    if (place >= this.#length) this.#length = place + 1;
  }

  push(item: T): void {
    this.set(this.#length, item);
  }

  clear(): void {
    this.#pieces = [];
    this.#length = 0;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let place = 0; place < this.#length; place += 1) yield this.at(place);
  }

  /** The first piece grows with its items, as most lists are short. */
  #newPiece(at: number): T[] {
    while (this.#pieces.length < at) this.#newPiece(this.#pieces.length);
    const piece = at === 0 ? [] : Array<T>(pieceLength).fill(this.#empty);
    this.#pieces[at] = piece;
    return piece;
  }
}
