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
  note(answered: AnsweredMessage): void;
}

/** The commands of all clients, for the inspectors that watch them. Costs nothing while none does. */
export class ObservedCommands {
  #observers: readonly Observer[] = [];
  isWatched = false;

  /** To be called for each message that was answered, while {@link isWatched}. */
  note(answered: AnsweredMessage): void {
    for (const observer of this.#observers) observer.note(answered);
  }

  /** @returns Ends the watching. */
  watch(observer: Observer): () => void {
    this.#observers = [...this.#observers, observer];
    this.isWatched = true;
    return () => {
      this.#observers = this.#observers.filter((each) => each !== observer);
      this.isWatched = this.#observers.length > 0;
    };
  }
}
