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

  /** Puts an entry in its place by id: cheap near either end. */
  insert(entry: Entry): void {
    if ((this.last()?.id ?? Number.NEGATIVE_INFINITY) < entry.id) {
      this.push(entry);
      return;
    }
    const place = this.placeOf(entry.id);
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

  /** Place of an id, or of the first entry after it. */
  placeOf(id: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.at(middle)?.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The entry of an id, if it is here. */
  find(id: number): Entry | undefined {
    const found = this.at(this.placeOf(id));
    return found?.id === id ? found : undefined;
  }

  /** All of them, oldest first, in a new array. */
  toArray(): Entry[] {
    return this.#slots.slice(this.#start) as Entry[]; // No slot is empty from the start on.
  }
}
