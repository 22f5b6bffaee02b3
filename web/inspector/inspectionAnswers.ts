/** Questions to the server whose answers come later, each known by what it was about. */
export class InspectionAnswers<T> {
  readonly #waiting = new Map<string, ((answer: T | undefined) => void)[]>();

  /**
   * Waits for the answer about a subject; one question serves all who ask in the meantime.
   * @param ask Puts the question; false when it cannot be put.
   * @returns undefined when there is no answer, or none any more.
   */
  wait(subject: string, ask: () => boolean): Promise<T | undefined> {
    const others = this.#waiting.get(subject);
    if (!others && !ask()) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting.set(subject, [...(others ?? []), resolve]);
    });
  }

  /** The answer has come. */
  give(subject: string, answer: T | undefined): void {
    const waiting = this.#waiting.get(subject);
    this.#waiting.delete(subject);
    for (const resolve of waiting ?? []) resolve(answer);
  }

  /** No answer will come any more. */
  drop(): void {
    for (const subject of this.#waiting.keys()) this.give(subject, undefined);
  }
}
