/** A set of small numbers: a byte for each that there could be. */
export class NumberSet {
  #isIn = new Uint8Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    return this.#isIn[number] === 1;
  }

  add(number: number): void {
    if (this.has(number)) return;
    if (number >= this.#isIn.length) {
      const longer = new Uint8Array(number * 2);
      longer.set(this.#isIn);
      this.#isIn = longer;
    }
    this.#isIn[number] = 1;
    this.#size += 1;
  }

  delete(number: number): void {
    if (!this.has(number)) return;
    this.#isIn[number] = 0;
    this.#size -= 1;
  }
}
