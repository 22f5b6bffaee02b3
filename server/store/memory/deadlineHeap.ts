/** What a {@link DeadlineHeap} must know of its entries, which are numbers from 1 on. */
export interface Deadlines {
  /** Unix time in milliseconds. Must not change while the entry is in the heap. */
  deadlineOf(entry: number): number;
  /** Place in the heap, kept by the heap; less than 0 outside. */
  indexOf(entry: number): number;
  setIndex(entry: number, index: number): void;
}

/** A min-heap of deadlines whose entries know their place: any of them leaves in O(log n). */
export class DeadlineHeap {
  readonly #deadlines: Deadlines;
  readonly #entries: number[] = [];

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** The entry whose deadline comes first; 0: there is none. */
  get nearest(): number {
    return this.#entries[0] ?? 0;
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: number): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  /** Takes the entry out; does nothing when it is not in. */
  remove(entry: number): void {
    const index = this.#deadlines.indexOf(entry);
    if (index < 0) return;
    this.#deadlines.setIndex(entry, -1);
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#rise(last, index);
    if (this.#deadlines.indexOf(last) === index) this.#sink(last, index);
  }

  #rise(entry: number, from: number): void {
    const deadlineMs = this.#deadlines.deadlineOf(entry);
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#entries[parentIndex];
      if (parent === undefined || this.#deadlines.deadlineOf(parent) <= deadlineMs) break;
      this.#place(parent, index);
      index = parentIndex;
    }
    this.#place(entry, index);
  }

  #sink(entry: number, from: number): void {
    const deadlineMs = this.#deadlines.deadlineOf(entry);
    let index = from;
    for (;;) {
      const childIndex = this.#smallerChild(index);
      const child = this.#entries[childIndex];
      if (child === undefined || this.#deadlines.deadlineOf(child) >= deadlineMs) break;
      this.#place(child, index);
      index = childIndex;
    }
    this.#place(entry, index);
  }

  /** @returns The index of the child with the earlier deadline, or past the end where there is no child. */
  #smallerChild(index: number): number {
    const left = 2 * index + 1;
    const [one, other] = [this.#entries[left], this.#entries[left + 1]];
    if (one === undefined || other === undefined) return left;
    return this.#deadlines.deadlineOf(other) < this.#deadlines.deadlineOf(one) ? left + 1 : left;
  }

  #place(entry: number, index: number): void {
    this.#entries[index] = entry;
    this.#deadlines.setIndex(entry, index);
  }
}
