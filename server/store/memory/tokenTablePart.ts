/** A token as bits, and their hash, of which the highest byte says in which part it is. */
export interface HashedToken {
  hash: number;
  low: number;
  high: number;
}

/** What a table must know of its rows. */
export interface TokenRows {
  /** Whether a row is of the token with these bits. */
  isOfBits(row: number, low: number, high: number): boolean;
}

/** A slot is the hash and the row; a row of 0 is an empty slot. */
const slotWords = 2;

const minCapacity = 8;

/** Of its slots so many are in use at most; it then grows by half. */
const maxFilled = 0.8;
const growth = 1.5;

/** With fewer in use than that it is made smaller. */
const minFilled = 0.25;

const hashBits = 0xff_ffff;

const none = new Int32Array(0);

/** A part of a table of tokens: rows by their hashes, with linear probing. */
export class TokenTablePart {
  #slots = none;
  #capacity = 0;
  #size = 0;

  /** @returns 0: there is none. */
  find(token: HashedToken, rows: TokenRows): number {
    if (this.#size === 0) return 0;
    return this.#slots[this.#slotOf(token, rows) * slotWords + 1] ?? 0;
  }

  /** In the place of another row of this token. */
  set(token: HashedToken, row: number, rows: TokenRows): void {
    if (this.#size + 1 > this.#capacity * maxFilled) this.#resize(this.#capacity * growth);
    const at = this.#slotOf(token, rows) * slotWords;
    if (this.#slots[at + 1] === 0) this.#size += 1;
    this.#slots[at] = token.hash;
    this.#slots[at + 1] = row;
  }

  /** @returns Whether it was there. */
  delete(token: HashedToken, rows: TokenRows): boolean {
    if (this.#size === 0) return false;
    const slot = this.#slotOf(token, rows);
    if (this.#slots[slot * slotWords + 1] === 0) return false;
    this.#empty(slot);
    this.#size -= 1;
    if (this.#capacity > minCapacity && this.#size < this.#capacity * minFilled) {
      this.#resize(this.#size / maxFilled + 1);
    }
    return true;
  }

  *rows(): Iterable<number> {
    for (let at = 1; at < this.#slots.length; at += slotWords) {
      const row = this.#slots[at] ?? 0;
      if (row > 0) yield row;
    }
  }

  /** The larger of two with the rows of both, which are of different tokens. */
  united(other: TokenTablePart): TokenTablePart {
    const [larger, smaller] = this.#size >= other.#size ? [this, other] : [other, this];
    const size = larger.#size + smaller.#size;
    if (size > larger.#capacity * maxFilled) larger.#resize(size / maxFilled + 1);
    larger.#takeIn(smaller.#slots);
    larger.#size = size;
    return larger;
  }

  /** Where the token is, or where it has to be put. */
  #slotOf({ hash, low, high }: HashedToken, rows: TokenRows): number {
    const slots = this.#slots;
    let slot = this.#homeOf(hash);
    for (;;) {
      const row = slots[slot * slotWords + 1] ?? 0;
      if (row === 0) return slot;
      if (slots[slot * slotWords] === hash && rows.isOfBits(row, low, high)) return slot;
      slot = this.#after(slot);
    }
  }

  /** In the order of the hashes, so that a larger table is filled from its beginning to its end. */
  #homeOf(hash: number): number {
    return Math.floor(((hash & hashBits) * this.#capacity) / (hashBits + 1));
  }

  #after(slot: number): number {
    return slot + 1 === this.#capacity ? 0 : slot + 1;
  }

  /** How many slots after its home a slot is. */
  #distance(home: number, slot: number): number {
    return slot >= home ? slot - home : slot - home + this.#capacity;
  }

  /** Empties a slot and moves up those after it that would be found no more. */
  #empty(slot: number): void {
    const slots = this.#slots;
    let hole = slot;
    for (let at = this.#after(slot); ; at = this.#after(at)) {
      const row = slots[at * slotWords + 1] ?? 0;
      if (row === 0) break;
      const hash = slots[at * slotWords] ?? 0;
      const home = this.#homeOf(hash);
      if (this.#distance(home, at) < this.#distance(hole, at)) continue;
      slots[hole * slotWords] = hash;
      slots[hole * slotWords + 1] = row;
      hole = at;
    }
    slots[hole * slotWords + 1] = 0;
  }

  #resize(capacity: number): void {
    const before = this.#slots;
    this.#capacity = Math.max(minCapacity, Math.ceil(capacity));
    this.#slots = new Int32Array(this.#capacity * slotWords);
    this.#takeIn(before);
  }

  /** Puts in what is in other slots and is not here. */
  #takeIn(others: Int32Array): void {
    const slots = this.#slots;
    for (let at = 0; at < others.length; at += slotWords) {
      const row = others[at + 1] ?? 0;
      if (row === 0) continue;
      const hash = others[at] ?? 0;
      let slot = this.#homeOf(hash);
      while (slots[slot * slotWords + 1] !== 0) slot = this.#after(slot);
      slots[slot * slotWords] = hash;
      slots[slot * slotWords + 1] = row;
    }
  }
}
