interface NumberedOwner {
  number: number;
  written: number;
}

/**
 * Those who have changes in chunks, by the number that stands for them there: references in each chunk would be so many that
 * the garbage collector takes longer.
 */
export class HistoryOwners<O extends NumberedOwner> {
  readonly #byNumber: (O | undefined)[] = [];
  readonly #unused: number[] = [];

  /** Counts a change that is written. An owner without one gets a number. */
  add(owner: O): void {
    if (owner.written === 0) {
      owner.number = this.#unused.pop() ?? this.#byNumber.length;
      this.#byNumber[owner.number] = owner;
    }
    owner.written += 1;
  }

  /** Counts a change that is dropped. @returns Whose it was. */
  remove(number: number): O {
    const owner = this.#byNumber[number];
    if (!owner) throw new Error('A change of the history belongs to nobody');
    owner.written -= 1;
    if (owner.written === 0) {
      owner.number = -1;
      this.#byNumber[number] = undefined;
      this.#unused.push(number);
    }
    return owner;
  }

  /** Forgets all, of whom none may get another change. */
  clear(): void {
    this.#byNumber.length = 0;
    this.#unused.length = 0;
  }
}
