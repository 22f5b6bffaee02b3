/** A row that is taller than the others. */
export interface TallRow {
  readonly index: number;
  readonly heightPx: number;
}

/**
 * Where rows stand. All are alike but for the few that are unfolded, so a hundred thousand rows
 * cost no more than those few.
 */
export class RowLayout {
  readonly count: number;
  readonly #rowPx: number;
  /** Ascending. */
  readonly #tall: readonly TallRow[];

  /** @param rowPx Height of the rows that are alike. */
  constructor(count: number, rowPx: number, tall: readonly TallRow[] = []) {
    this.count = count;
    this.#rowPx = rowPx;
    this.#tall = tall.toSorted((one, other) => one.index - other.index);
  }

  /** Height of all rows. */
  get totalPx(): number {
    return this.topOf(this.count);
  }

  /** Distance of a row's top from the first row's. */
  topOf(index: number): number {
    let top = index * this.#rowPx;
    for (const row of this.#tall) {
      if (row.index >= index) break;
      top += row.heightPx - this.#rowPx;
    }
    return top;
  }

  heightOf(index: number): number {
    return this.#tall.find((row) => row.index === index)?.heightPx ?? this.#rowPx;
  }

  /** The row at a distance from the top; the last one for what is below all. */
  indexAt(px: number): number {
    let before = 0;
    for (const row of this.#tall) {
      const top = row.index * this.#rowPx + before;
      if (px < top) break;
      if (px < top + row.heightPx) return row.index;
      before += row.heightPx - this.#rowPx;
    }
    const index = Math.floor((px - before) / this.#rowPx);
    return Math.max(0, Math.min(this.count - 1, index));
  }
}
