/** A message of a client and what was answered. */
export interface AnsweredMessage {
  readonly connection: number;
  readonly isConsole: boolean;
  /** Absent: it named no command that there is. */
  readonly command: string | undefined;
  /** Code of the whole reply. */
  readonly status: number;
  readonly durationMs: number;
  /** Null: binary. */
  readonly text: string | null;
  /** Null: silence. */
  readonly reply: string | null;
}

/** Somebody who wants to know what clients send and are answered. */
export interface Observer {
  /** @param answered In the order of the replies; never none. */
  noteAll(answered: readonly AnsweredMessage[]): void;
}

/** So many are handed on at once, without waiting for more. */
const maxWaiting = 256;

/**
 * The commands of all clients, for the inspectors that watch them. Costs nothing while none does. They are handed on together
 * once in a turn of the event loop: one by one, between commands, both would take longer.
 */
export class ObservedCommands {
  #observers: readonly Observer[] = [];
  #waiting: AnsweredMessage[] = [];
  isWatched = false;

  /** To be called for each message that was answered, while {@link isWatched}. */
  note(answered: AnsweredMessage): void {
    this.#waiting.push(answered);
    if (this.#waiting.length === 1) setImmediate(this.#handOn);
    else if (this.#waiting.length >= maxWaiting) this.handOn();
  }

  /** Hands on what waits for the end of the turn. */
  handOn(): void {
    if (this.#waiting.length === 0) return;
    const answered = this.#waiting;
    this.#waiting = [];
    for (const observer of this.#observers) observer.noteAll(answered);
  }

  readonly #handOn = (): void => this.handOn();

  /** @param observer Gets what is answered from now on. @returns Ends the watching. */
  watch(observer: Observer): () => void {
    this.handOn();
    this.#observers = [...this.#observers, observer];
    this.isWatched = true;
    return () => {
      this.#observers = this.#observers.filter((each) => each !== observer);
      this.isWatched = this.#observers.length > 0;
    };
  }
}
