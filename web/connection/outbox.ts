/** Texts that wait for a connection; more are refused, so that nothing is lost unseen. */
export const maxOutbox = 100;

/** What was sent while there was no connection. */
export class Outbox {
  #texts: string[] = [];

  /** @returns false when it is full. */
  add(text: string): boolean {
    if (this.#texts.length >= maxOutbox) return false;
    this.#texts.push(text);
    return true;
  }

  /** Empties it. */
  takeAll(): readonly string[] {
    const texts = this.#texts;
    this.#texts = [];
    return texts;
  }
}
