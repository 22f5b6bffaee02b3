/** Somebody with replies that are ready to be written. */
export interface Writer {
  writeReady(): void;
}

/** So many are not kept waiting for more. */
const maxWriters = 64;

/**
 * Lets sockets that are read in one turn of the event loop write together, behind the reads: the peers are woken once then and
 * not by each write. One that is read alone writes at once.
 */
export class WriteTogether {
  #writers: Writer[] = [];
  /** The only one of the last turn. */
  #single: Writer | undefined;
  #isDue = false;

  /** @param writer Not one that waits already. */
  add(writer: Writer): void {
    if (writer === this.#single && !this.#isDue) {
      writer.writeReady();
      return;
    }
    this.#writers.push(writer);
    if (!this.#isDue) {
      this.#isDue = true;
      setImmediate(this.#endTurn);
    }
    if (this.#writers.length >= maxWriters) this.#writeAll();
  }

  readonly #endTurn = (): void => {
    this.#isDue = false;
    this.#single = this.#writers.length === 1 ? this.#writers[0] : undefined;
    this.#writeAll();
  };

  #writeAll(): void {
    const writers = this.#writers;
    this.#writers = [];
    for (const writer of writers) writer.writeReady();
  }
}
