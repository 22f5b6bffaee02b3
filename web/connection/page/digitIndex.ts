/** Digits that a token's first place in the index is made of; shorter ones are not indexed. */
export const shortestIndexed = 8;
/** No server makes longer tokens, and comparing them at every digit would take too long. */
const longestIndexed = 64;
const withoutFirstDigit = 10 ** (shortestIndexed - 1);
const digitsOnly = /^\d+$/;

/** Finds tokens among other digits in one pass, however many there are and of whatever lengths. */
export class DigitIndex {
  /** By the first digits of a token: its length, and how many tokens have both. */
  readonly #lengths = new Map<number, Map<number, number>>();

  add(token: string): void {
    if (!isIndexed(token)) return;
    const start = startOf(token);
    const lengths = this.#lengths.get(start) ?? new Map<number, number>();
    this.#lengths.set(start, lengths);
    lengths.set(token.length, (lengths.get(token.length) ?? 0) + 1);
  }

  delete(token: string): void {
    const lengths = isIndexed(token) && this.#lengths.get(startOf(token));
    if (!lengths) return;
    const count = (lengths.get(token.length) ?? 0) - 1;
    if (count > 0) lengths.set(token.length, count);
    else lengths.delete(token.length);
    if (lengths.size === 0) this.#lengths.delete(startOf(token));
  }

  /** Calls `found` for the longest token at each place of a text of digits, from left to right. */
  findIn(
    digits: string,
    isToken: (text: string) => boolean,
    found: (at: number, token: string) => void,
  ): void {
    if (this.#lengths.size === 0) return;
    let start = 0;
    for (let end = 1; end <= digits.length; end += 1) {
      start = (start % withoutFirstDigit) * 10 + digits.charCodeAt(end - 1) - 48;
      const lengths = end < shortestIndexed ? undefined : this.#lengths.get(start);
      if (lengths === undefined) continue;
      const at = end - shortestIndexed;
      const tokens = [...lengths.keys()].map((length) => digits.slice(at, at + length));
      const longest = tokens.filter(isToken).toSorted((a, b) => b.length - a.length)[0];
      if (longest !== undefined) found(at, longest);
    }
  }
}

function isIndexed(token: string): boolean {
  return (
    token.length >= shortestIndexed && token.length <= longestIndexed && digitsOnly.test(token)
  );
}

function startOf(token: string): number {
  return Number(token.slice(0, shortestIndexed));
}
