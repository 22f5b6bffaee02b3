/** Something with a deadline that a {@link DeadlineHeap} can hold. */
export interface HeapEntry {
  /** Unix time in milliseconds. Must not change while the entry is in the heap. */
  deadlineMs: number;
  /** Place in the heap, kept by the heap; -1 outside. */
  heapIndex: number;
}

/** A min-heap of deadlines whose entries know their place: any of them leaves in O(log n). */
export class DeadlineHeap<T extends HeapEntry> {
  #entries: T[] = [];

  /** The entry whose deadline comes first. */
  get nearest(): T | undefined {
    return this.#entries[0];
  }

  get size(): number {
    return this.#entries.length;
  }

  add(entry: T): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  /** Drops all entries, which must not be used again. */
  clear(): void {
    this.#entries = [];
  }

  /** Takes the entry out; does nothing when it is not in. */
  remove(entry: T): void {
    const index = entry.heapIndex;
    if (index < 0) return;
    entry.heapIndex = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#rise(last, index);
    if (last.heapIndex === index) this.#sink(last, index);
  }

  #rise(entry: T, from: number): void {
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#entries[parentIndex];
      if (parent === undefined || parent.deadlineMs <= entry.deadlineMs) break;
      this.#place(parent, index);
      index = parentIndex;
    }
    this.#place(entry, index);
  }

  #sink(entry: T, from: number): void {
    let index = from;
    for (;;) {
      const child = this.#smallerChild(index);
      if (child === undefined || child.deadlineMs >= entry.deadlineMs) break;
      const childIndex = child.heapIndex;
      this.#place(child, index);
      index = childIndex;
    }
    this.#place(entry, index);
  }

  #smallerChild(index: number): T | undefined {
    const left = this.#entries[2 * index + 1];
    const right = this.#entries[2 * index + 2];
    if (left === undefined || right === undefined) return left;
    return right.deadlineMs < left.deadlineMs ? right : left;
  }

  #place(entry: T, index: number): void {
    this.#entries[index] = entry;
    entry.heapIndex = index;
  }
}
