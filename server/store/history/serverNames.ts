/** A change has room for the number of one of so many servers; 0: it has none. */
const maxServerNames = 4_095;

/** Names of servers, which changes have as numbers. */
export class ServerNames {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  numberOf(name: string | undefined): number {
    if (name === undefined) return 0;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    if (this.#names.length === maxServerNames) return maxServerNames;
    // The last number is for all that come later.
    this.#names.push(this.#names.length === maxServerNames - 1 ? '…' : name);
    this.#numbers.set(name, this.#names.length);
    return this.#names.length;
  }

  nameOf(number: number): string | undefined {
    return this.#names[number - 1];
  }
}
