import { rowHeightPx } from '../../ui/rowHeights.ts';

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
  /** Ascending. */
  readonly #tall: readonly TallRow[];

  constructor(count: number, tall: readonly TallRow[]) {
    this.count = count;
    this.#tall = tall.toSorted((one, other) => one.index - other.index);
  }

  /** Height of all rows. */
  get totalPx(): number {
    return this.topOf(this.count);
  }

  /** Distance of a row's top from the first row's. */
  topOf(index: number): number {
    let top = index * rowHeightPx;
    for (const row of this.#tall) {
      if (row.index >= index) break;
      top += row.heightPx - rowHeightPx;
    }
    return top;
  }

  heightOf(index: number): number {
    return this.#tall.find((row) => row.index === index)?.heightPx ?? rowHeightPx;
  }

  /** The row at a distance from the top; the last one for what is below all. */
  indexAt(px: number): number {
    let before = 0;
    for (const row of this.#tall) {
      const top = row.index * rowHeightPx + before;
      if (px < top) break;
      if (px < top + row.heightPx) return row.index;
      before += row.heightPx - rowHeightPx;
    }
    const index = Math.floor((px - before) / rowHeightPx);
    return Math.max(0, Math.min(this.count - 1, index));
  }
}
