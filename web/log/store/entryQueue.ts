import type { Entry } from '../../connection/page/exchange.ts';

/** Slots that may be empty at the front before the array is compacted. */
const minSpareSlots = 1024;

/**
 * Entries in the order of their ids: new ones at the end, the oldest leave at the front, each in
 * constant time on average. Ids rise but may have gaps, since a flood is sampled.
 */
export class EntryQueue {
  #slots: (Entry | undefined)[];
  /** Slots before this one are empty: moving all entries for each one that is dropped would be slow. */
  #start = 0;

  constructor(entries: readonly Entry[] = []) {
    this.#slots = [...entries];
  }

  get length(): number {
    return this.#slots.length - this.#start;
  }

  /** @returns undefined outside 0 … length − 1. */
  at(place: number): Entry | undefined {
    return place < 0 ? undefined : this.#slots[this.#start + place];
  }

  /** The newest one. */
  last(): Entry | undefined {
    return this.at(this.length - 1);
  }

  push(entry: Entry): void {
    this.#slots.push(entry);
  }

  /** Puts an entry in its place by id, unless it is there: cheap near either end. */
  insert(entry: Entry): void {
    if ((this.last()?.id ?? Number.NEGATIVE_INFINITY) < entry.id) {
      this.push(entry);
      return;
    }
    const place = this.placeOf(entry.id);
    if (this.at(place)?.id === entry.id) return;
    if (place > this.length / 2 || this.#start === 0) {
      this.#slots.splice(this.#start + place, 0, entry);
      return;
    }
    // Those before it move into the empty slots at the front.
    this.#slots.copyWithin(this.#start - 1, this.#start, this.#start + place);
    this.#start -= 1;
    this.#slots[this.#start + place] = entry;
  }

  /** Puts another entry of the same id into the place. */
  replace(place: number, entry: Entry): void {
    if (this.at(place)) this.#slots[this.#start + place] = entry;
  }

  /** Drops the oldest. */
  dropFirst(count: number): void {
    const end = Math.min(this.#slots.length, this.#start + count);
    // The texts are freed at once, not only when the array is compacted. Slot by slot: where
    // `fill` has lost its fast path, it takes as long as the whole array is.
    for (; this.#start < end; this.#start += 1) this.#slots[this.#start] = undefined;
    if (this.#start < minSpareSlots || this.#start < this.#slots.length / 2) return;
    this.#slots.splice(0, this.#start);
    this.#start = 0;
  }

  /**
   * Place of an id, or of the first entry after it.
   * @param near A place in its neighbourhood. Ids rise, so two entries are never further apart than
   *   their ids: what is close is found in a few steps, however long the queue is.
   */
  placeOf(id: number, near = this.length - 1): number {
    let low = 0;
    let high = this.length;
    const apart = id - (this.at(near)?.id ?? Number.NaN);
    if (apart > 0) {
      low = near + 1;
      high = Math.min(high, near + apart);
    } else if (apart <= 0) {
      low = Math.max(low, near + apart);
      high = near;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle)?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The entry of an id, if it is here. */
  find(id: number, near?: number): Entry | undefined {
    const from = near === undefined ? undefined : this.at(near);
    // Where no id is missing in between.
    const close = from && near !== undefined ? this.at(near + id - from.id) : undefined;
    if (close?.id === id) return close;
    const found = this.at(this.placeOf(id, near));
    return found?.id === id ? found : undefined;
  }

  /** All of them, oldest first, in a new array. */
  toArray(): Entry[] {
    return this.#slots.slice(this.#start) as Entry[]; // No slot is empty from the start on.
  }
}
