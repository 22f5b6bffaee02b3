/** A place in a text up to which a {@link KeptText} has come. */
export interface KeptMark {
  readonly at: number;
  readonly pieceCount: number;
  readonly from: number;
  readonly omitted: number;
}

/** Copies a text with omissions. What stays in one piece is copied by one slice, so a whole text costs nothing. */
export class KeptText {
  readonly #text: string;
  readonly #pieces: string[] = [];
  /** From here on nothing is copied yet. */
  #from = 0;
  /** So many characters have been left out. */
  #omitted = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Leaves out what is between two places, which come behind all that has been left out. */
  omit(from: number, to: number): void {
    if (from > this.#from) this.#pieces.push(this.#text.slice(this.#from, from));
    this.#from = to;
    this.#omitted += to - from;
  }

  mark(at: number): KeptMark {
    return { at, pieceCount: this.#pieces.length, from: this.#from, omitted: this.#omitted };
  }

  /** Leaves out all from a mark to a place. */
  omitSince({ at, pieceCount, from, omitted }: KeptMark, to: number): void {
    this.#pieces.length = pieceCount;
    this.#pieces.push(this.#text.slice(from, at));
    this.#from = to;
    this.#omitted = omitted + to - at;
  }

  /** Where a place of the text is in the copy, if nothing before it is left out later. */
  placeOf(at: number): number {
    return at - this.#omitted;
  }

  /** The copy of all up to a place. */
  upTo(at: number): string {
    this.omit(at, at);
    return this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join('');
  }
}
