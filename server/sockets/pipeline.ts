import type { Eventually } from '../eventually.ts';

export interface PipelineOptions<M> {
  /** Requests that may be in flight; the next one waits until there is room. */
  readonly maxInFlight: number;
  /** Bytes of requests in flight from which the next one waits, however few they are. */
  readonly maxInFlightBytes: number;
  readonly sizeOf: (message: M) => number;
  /**
   * Whether the requests before this one must be done first, and those after it wait for it.
   * Asked only when something is in flight.
   */
  readonly isBarrier: (message: M) => boolean;
  /** Carries out one request, now or later; null is silence. Must neither throw nor reject. */
  readonly answer: (message: M) => Eventually<string | null>;
  readonly send: (reply: string) => void;
}

/** A request in flight, or done behind one that is. */
interface Slot {
  readonly size: number;
  isDone: boolean;
  reply: string | null;
}

/**
 * Requests of one socket on their way through the store. They start in order, at once; replies leave
 * in the order of the requests, whichever is done first. What is answered in the same turn with nothing
 * in flight is sent in the same turn.
 */
export class Pipeline<M> {
  readonly #options: PipelineOptions<M>;
  #slots: Slot[] = [];
  #bytes = 0;
  #waiting: { readonly isMet: () => boolean; readonly resume: () => void } | undefined;

  constructor(options: PipelineOptions<M>) {
    this.#options = options;
  }

  /** Nothing is in flight and nothing waits to start. */
  get isIdle(): boolean {
    return this.#slots.length === 0 && this.#waiting === undefined;
  }

  /**
   * Starts a request; to be called for one after the other.
   * @returns A promise as long as the next request must not start.
   */
  run(message: M): Eventually<void> {
    const { isBarrier } = this.#options;
    if (this.#slots.length > 0 && isBarrier(message)) return this.#runAlone(message);
    this.#start(message);
    if (this.#slots.length === 0) return undefined;
    if (isBarrier(message)) return this.#until(() => this.#slots.length === 0);
    return this.#isFull() ? this.#until(() => !this.#isFull()) : undefined;
  }

  async #runAlone(message: M): Promise<void> {
    await this.#until(() => this.#slots.length === 0);
    this.#start(message);
    if (this.#slots.length > 0) await this.#until(() => this.#slots.length === 0);
  }

  #isFull(): boolean {
    const { maxInFlight, maxInFlightBytes } = this.#options;
    return this.#slots.length >= maxInFlight || this.#bytes >= maxInFlightBytes;
  }

  #start(message: M): void {
    const { answer, send, sizeOf } = this.#options;
    const reply = answer(message);
    if (reply instanceof Promise) {
      const slot: Slot = { size: sizeOf(message), isDone: false, reply: null };
      this.#enter(slot);
      void reply.then((text) => {
        slot.isDone = true;
        slot.reply = text;
        this.#release();
      });
    } else if (this.#slots.length > 0) {
      this.#enter({ size: reply?.length ?? 0, isDone: true, reply });
    } else if (reply !== null) send(reply);
  }

  #enter(slot: Slot): void {
    this.#slots.push(slot);
    this.#bytes += slot.size;
  }

  /** Sends the replies whose turn has come. */
  #release(): void {
    const { send } = this.#options;
    const pending = this.#slots.findIndex(({ isDone }) => !isDone);
    const done = this.#slots.splice(0, pending < 0 ? this.#slots.length : pending);
    for (const { reply, size } of done) {
      this.#bytes -= size;
      if (reply !== null) send(reply);
    }
    const waiting = this.#waiting;
    if (!waiting?.isMet()) return;
    this.#waiting = undefined;
    waiting.resume();
  }

  #until(isMet: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = { isMet, resume: resolve };
    });
  }
}
