import type { Session } from './session.ts';

/**
 * Sessions in an order, linked to one another: each is in one chain at most. Any of them leaves at once, and a
 * whole chain joins another at once.
 */
export class SessionChain implements Iterable<Session> {
  #first: Session | undefined;
  #last: Session | undefined;
  #length = 0;
  #readers = 0;

  get length(): number {
    return this.#length;
  }

  get first(): Session | undefined {
    return this.#first;
  }

  get last(): Session | undefined {
    return this.#last;
  }

  add(session: Session): void {
    session.previous = this.#last;
    session.next = undefined;
    if (this.#last) this.#last.next = session;
    else this.#first = session;
    this.#last = session;
    this.#length += 1;
  }

  remove(session: Session): void {
    const { previous, next } = session;
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    this.#length -= 1;
    // A reader may stand on it. Else it must not keep others from being collected as young garbage.
    if (this.#readers > 0) return;
    session.previous = undefined;
    session.next = undefined;
  }

  /** Puts all of another chain at the end. That one is empty then. */
  join(other: SessionChain): void {
    const { first, last, length } = other.takeAll();
    if (!first || !last) return;
    first.previous = this.#last;
    if (this.#last) this.#last.next = first;
    else this.#first = first;
    this.#last = last;
    this.#length += length;
  }

  /** @returns A chain of all, out of which this one is emptied. */
  takeAll(): SessionChain {
    const all = new SessionChain();
    all.#first = this.#first;
    all.#last = this.#last;
    all.#length = this.#length;
    this.#first = undefined;
    this.#last = undefined;
    this.#length = 0;
    return all;
  }

  [Symbol.iterator](): Generator<Session, void> {
    return this.from(this.#first);
  }

  /**
   * One of the sessions and all that follow it. A reader that stops in between also gets those that are added then, unless
   * all before them have left, and perhaps one that has left.
   */
  *from(session: Session | undefined): Generator<Session, void> {
    this.#readers += 1;
    try {
      for (let each = session; each; each = each.next) yield each;
    } finally {
      this.#readers -= 1;
    }
  }

  /** The last ones, at most so many, in order. */
  lastOf(limit: number): Session[] {
    const last: Session[] = [];
    for (let each = this.#last; each && last.length < limit; each = each.previous) last.push(each);
    return last.reverse();
  }
}
