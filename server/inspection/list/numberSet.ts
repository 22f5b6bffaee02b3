/** A set of small numbers: a bit for each that there could be. */
export class NumberSet {
  #bits = new Uint32Array(32);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(number: number): boolean {
    return ((this.#bits[number >> 5] ?? 0) & (1 << (number & 31))) !== 0;
  }

  add(number: number): void {
    if (this.has(number)) return;
    const at = number >> 5;
    if (at >= this.#bits.length) {
      const longer = new Uint32Array(at * 2);
      longer.set(this.#bits);
      this.#bits = longer;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (number & 31));
    this.#size += 1;
  }

  delete(number: number): void {
    if (!this.has(number)) return;
    const at = number >> 5;
    this.#bits[at] = (this.#bits[at] ?? 0) & ~(1 << (number & 31));
    this.#size -= 1;
  }

  clear(): void {
    if (this.#size > 0) this.#bits.fill(0);
    this.#size = 0;
  }
}
