import type { CommandObserver } from '../commands/dispatch.ts';

type Answer = Parameters<CommandObserver['note']>[0];
type Asked = Parameters<CommandObserver['note']>[1];

/** A message of a client and what was answered. */
export interface AnsweredMessage {
  readonly connection: number;
  readonly isConsole: boolean;
  /** Absent: it named no command that there is. */
  readonly command: string | undefined;
  /** Code of the whole reply. */
  readonly status: number;
  readonly durationMs: number;
  /** Null: binary, or not kept: see {@link Observer.textsAboveUs}. */
  readonly text: string | null;
  /** Null: silence, or not kept. */
  readonly reply: string | null;
}

/** So many are handed on at once, without waiting for more. */
const maxWaiting = 256;

/**
 * Answered messages in the order of the replies, as columns that are used again and again: an object for each would have
 * to be collected.
 */
export class AnsweredMessages {
  length = 0;
  readonly connections = new Float64Array(maxWaiting);
  readonly commands = Array.from<string | undefined>({ length: maxWaiting });
  readonly statuses = new Int32Array(maxWaiting);
  readonly durationsMs = new Float64Array(maxWaiting);
  readonly #areConsole = new Uint8Array(maxWaiting);
  readonly #texts = Array.from<string | null>({ length: maxWaiting });
  readonly #replies = Array.from<string | null>({ length: maxWaiting });
  /** From there on there are no texts. */
  #textsEnd = 0;

  get isFull(): boolean {
    return this.length === maxWaiting;
  }

  push(answer: Answer, asked: Asked, durationMs: number): void {
    const at = this.length;
    this.connections[at] = asked.connection;
    this.commands[at] = answer.command;
    this.statuses[at] = answer.status;
    this.durationsMs[at] = durationMs;
    this.#areConsole[at] = asked.isConsole ? 1 : 0;
    this.length = at + 1;
  }

  /** Keeps the texts of the last one. The collector copies what is alive when it runs, and that is much in a flood. */
  keepTexts({ reply }: Answer, { text }: Asked): void {
    const end = this.length;
    this.#texts[end - 1] = text;
    this.#replies[end - 1] = reply;
    this.#textsEnd = end;
  }

  /** @param at Less than {@link length}. */
  at(at: number): AnsweredMessage {
    return {
      connection: this.connections[at] ?? 0,
      isConsole: this.#areConsole[at] === 1,
      command: this.commands[at],
      status: this.statuses[at] ?? 0,
      durationMs: this.durationsMs[at] ?? 0,
      text: this.#texts[at] ?? null,
      reply: this.#replies[at] ?? null,
    };
  }

  clear(): void {
    this.#texts.fill(null, 0, this.#textsEnd);
    this.#replies.fill(null, 0, this.#textsEnd);
    this.#textsEnd = 0;
    this.length = 0;
  }
}

/** Somebody who wants to know what clients send and are answered. */
export interface Observer {
  /**
   * Of what takes longer than so many microseconds the texts are kept for it; less than 0: of all. It may become less only
   * after {@link ObservedCommands.handOn}.
   */
  readonly textsAboveUs: number;
  /** @param answered In the order of the replies; never none. Used again afterwards. */
  noteAll(answered: AnsweredMessages): void;
}

/**
 * The commands of all clients, for the inspectors that watch them. Costs nothing while none does. They are handed on together
 * once in a turn of the event loop: one by one, between commands, both would take longer.
 */
export class ObservedCommands implements CommandObserver {
  #observers: readonly Observer[] = [];
  readonly #waiting = new AnsweredMessages();
  /** The least of those of the observers when the first of {@link #waiting} came. */
  #textsAboveUs = Infinity;
  isWatched = false;

  /** To be called for each message that was answered, while {@link isWatched}. */
  note(answer: Answer, asked: Asked, durationMs: number): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) this.#begin();
    waiting.push(answer, asked, durationMs);
    if (durationMs * 1000 > this.#textsAboveUs) waiting.keepTexts(answer, asked);
    if (waiting.isFull) this.handOn();
  }

  #begin(): void {
    this.#textsAboveUs = Infinity;
    for (const { textsAboveUs } of this.#observers) {
      this.#textsAboveUs = Math.min(this.#textsAboveUs, textsAboveUs);
    }
    setImmediate(this.#handOn);
  }

  /** Hands on what waits for the end of the turn. */
  handOn(): void {
    if (this.#waiting.length === 0) return;
    try {
      for (const observer of this.#observers) observer.noteAll(this.#waiting);
    } finally {
      this.#waiting.clear();
    }
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
