import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import { TokenBits } from './tokenBits.ts';
import { TokenHash } from './tokenHash.ts';
import { TokenTablePart, type HashedToken, type TokenRows } from './tokenTablePart.ts';

/** Tables that one is made of. */
const partCount = 256;
const partShift = 24;

/** One for all tables, so that one can be joined to another. */
const hash = new TokenHash();

/**
 * Finds rows by their tokens, of which it keeps a hash only. It grows by small parts, so that no step takes long however many
 * there are. Tokens that no server has made are kept apart by their texts.
 */
export class TokenTable {
  readonly #rows: TokenRows;
  #parts: TokenTablePart[];
  /** The parts of a table that has joined and whose rows have not all been moved; of other tokens. */
  #joining: TokenTablePart[] | undefined;
  readonly #others = new Map<Token, number>();
  readonly #bits = new TokenBits();
  readonly #hashed: HashedToken = { hash: 0, low: 0, high: 0 };
  /** What {@link findFirst} found last, until the table changes; empty: nothing. */
  #recentToken: Token | '' = '';
  #recentRow = 0;

  constructor(rows: TokenRows) {
    this.#rows = rows;
    this.#parts = newParts();
  }

  /** As {@link find}, for a token that is about to be looked for again. */
  findFirst(token: Token): number {
    // Comparing two different tokens of the same length takes as long as a lookup.
    this.#recentToken = '';
    const row = this.find(token);
    this.#recentToken = token;
    this.#recentRow = row;
    return row;
  }

  /** @returns 0: there is none. */
  find(token: Token): number {
    if (token === this.#recentToken) return this.#recentRow;
    const hashed = this.#hash(token);
    if (!hashed) return this.#others.get(token) ?? 0;
    const part = hashed.hash >>> partShift;
    const row = this.#parts[part]?.find(hashed, this.#rows) ?? 0;
    if (row > 0 || !this.#joining) return row;
    return this.#joining[part]?.find(hashed, this.#rows) ?? 0;
  }

  /** Keeps a row, in the place of another of its token. */
  set(token: Token, row: number): void {
    this.#recentToken = '';
    const hashed = this.#hash(token);
    if (!hashed) {
      this.#others.set(token, row);
      return;
    }
    const part = hashed.hash >>> partShift;
    this.#joining?.[part]?.delete(hashed, this.#rows);
    this.#parts[part]?.set(hashed, row, this.#rows);
  }

  /** To be called while the row is of the token. */
  delete(token: Token): void {
    this.#recentToken = '';
    const hashed = this.#hash(token);
    if (!hashed) {
      this.#others.delete(token);
      return;
    }
    const part = hashed.hash >>> partShift;
    if (this.#parts[part]?.delete(hashed, this.#rows) === true) return;
    this.#joining?.[part]?.delete(hashed, this.#rows);
  }

  /** All rows, in no order. */
  *rows(): Iterable<number> {
    for (const part of this.#parts) yield* part.rows();
    for (const part of this.#joining ?? []) yield* part.rows();
    yield* this.#others.values();
  }

  /**
   * Adds all of another table of the same rows, which is not used any more. Its tokens must not be here. All are there
   * after the first step; the others move them. Not to be called again before the last step.
   */
  *join(other: TokenTable): Steps<void> {
    const joining = other.#parts;
    this.#recentToken = '';
    this.#joining = joining;
    for (const [token, row] of other.#others) this.#others.set(token, row);
    for (let at = 0; at < partCount; at += 1) {
      yield;
      const [own, others] = [this.#parts[at], joining[at]];
      if (own && others) this.#parts[at] = own.united(others);
      joining[at] = new TokenTablePart();
    }
    this.#joining = undefined;
  }

  /** The bits of a token with their hash, used again for the next; undefined: no server has made it. */
  #hash(token: Token): HashedToken | undefined {
    const bits = this.#bits;
    if (!bits.read(token)) return undefined;
    const hashed = this.#hashed;
    hashed.low = bits.low;
    hashed.high = bits.high;
    hashed.hash = hash.of(bits.low, bits.high);
    return hashed;
  }
}

function newParts(): TokenTablePart[] {
  return Array.from({ length: partCount }, () => new TokenTablePart());
}
