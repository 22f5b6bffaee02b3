import { Session } from './session.ts';
import { words, type SessionRows } from './sessionRows.ts';

/**
 * Sessions in an order, their rows linked to one another: each is in one chain at most. Any of them leaves at once, and a
 * whole chain joins another at once.
 */
export class SessionChain implements Iterable<Session> {
  readonly #rows: SessionRows;
  readonly #readers = new Set<ChainReader>();
  #first = 0;
  #last = 0;
  #length = 0;

  constructor(rows: SessionRows) {
    this.#rows = rows;
  }

  get length(): number {
    return this.#length;
  }

  /** The row of the first one; 0: there is none. */
  get first(): number {
    return this.#first;
  }

  add({ row }: Session): void {
    this.#link(this.#last, row);
    this.#rows.set(row, words.next, 0);
    this.#last = row;
    this.#length += 1;
  }

  remove({ row }: Session): void {
    const previous = this.#rows.get(row, words.previous);
    for (const reader of this.#readers) reader.leave(row, previous);
    const next = this.#rows.get(row, words.next);
    this.#link(previous, next);
    if (next === 0) this.#last = previous;
    this.#length -= 1;
  }

  /** Puts all of another chain of the same rows at the end. That one, which nobody reads, is empty then. */
  join(other: SessionChain): void {
    if (other.#length === 0) return;
    this.#link(this.#last, other.#first);
    this.#last = other.#last;
    this.#length += other.#length;
    other.#first = 0;
    other.#last = 0;
    other.#length = 0;
  }

  /** The session after the one of a row; after row 0 comes the first. */
  after(row: number): Session | undefined {
    const next = row === 0 ? this.#first : this.#rows.get(row, words.next);
    return next === 0 ? undefined : new Session(this.#rows, next);
  }

  [Symbol.iterator](): ChainReader {
    return this.from(this.#first);
  }

  /**
   * The session of a row and all that follow it. Who stops in between also gets those that are added then, and none that
   * has left.
   */
  from(row: number): ChainReader {
    const previous = row === 0 ? this.#last : this.#rows.get(row, words.previous);
    const reader: ChainReader = new ChainReader(this, previous, () => this.#readers.delete(reader));
    this.#readers.add(reader);
    return reader;
  }

  /** The last ones, at most so many, in order. */
  lastOf(limit: number): Session[] {
    const last: Session[] = [];
    let row = this.#last;
    while (row !== 0 && last.length < limit) {
      last.push(new Session(this.#rows, row));
      row = this.#rows.get(row, words.previous);
    }
    return last.reverse();
  }

  /** @param previous 0: the next one is the first. @param next 0: the previous one is the last. */
  #link(previous: number, next: number): void {
    if (previous === 0) this.#first = next;
    else this.#rows.set(previous, words.next, next);
    if (next !== 0) this.#rows.set(next, words.previous, previous);
  }
}

/** Reads a chain from one place on. */
class ChainReader implements IterableIterator<Session, undefined> {
  readonly #chain: SessionChain;
  readonly #onEnd: () => void;
  /** The row that it gave last. */
  #row: number;

  constructor(chain: SessionChain, row: number, onEnd: () => void) {
    this.#chain = chain;
    this.#row = row;
    this.#onEnd = onEnd;
  }

  next(): IteratorResult<Session, undefined> {
    const value = this.#chain.after(this.#row);
    if (!value) return this.return();
    this.#row = value.row;
    return { done: false, value };
  }

  return(): IteratorReturnResult<undefined> {
    this.#onEnd();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** To be called before a row leaves. */
  leave(row: number, previous: number): void {
    if (row === this.#row) this.#row = previous;
  }
}
