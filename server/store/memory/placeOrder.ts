import type { SessionHistory } from './sessionHistory.ts';

/** Fewer dead places than this are left until they come to the front. */
const minSwept = 10_000;

/**
 * The order of all changes that are remembered: for each a place that says in which history it is, the oldest first. A
 * history that drops a change on its own leaves a dead place behind.
 */
export class PlaceOrder {
  #places: SessionHistory[] = [];
  #firstAt = 0;
  #dead = 0;

  add(history: SessionHistory): void {
    this.#places.push(history);
  }

  /** The oldest change of this history was dropped, and is not the oldest of all. */
  noteDropped(history: SessionHistory): void {
    history.deadPlaces += 1;
    this.#dead += 1;
    const living = this.#places.length - this.#firstAt - this.#dead;
    if (this.#dead > minSwept && this.#dead > living) this.#sweep();
  }

  /** The history that has the oldest change, which is to be dropped; undefined: there is none. */
  takeOldest(): SessionHistory | undefined {
    while (this.#firstAt < this.#places.length) {
      const history = this.#places[this.#firstAt];
      this.#firstAt += 1;
      if (this.#firstAt > minSwept && this.#firstAt * 2 > this.#places.length) {
        this.#places = this.#places.slice(this.#firstAt);
        this.#firstAt = 0;
      }
      if (history?.deadPlaces === 0) return history;
      if (history) history.deadPlaces -= 1;
      this.#dead -= 1;
    }
    return undefined;
  }

  clear(): void {
    this.#places = [];
    this.#firstAt = 0;
    this.#dead = 0;
  }

  /** Removes the dead places, which are the first ones of their history. A few milliseconds for a million. */
  #sweep(): void {
    const living: SessionHistory[] = [];
    for (let at = this.#firstAt; at < this.#places.length; at += 1) {
      const history = this.#places[at];
      if (!history) continue;
      if (history.deadPlaces === 0) living.push(history);
      else history.deadPlaces -= 1;
    }
    this.#places = living;
    this.#firstAt = 0;
    this.#dead = 0;
  }
}
