import type { Exchange, ExchangeState, OutgoingMessage } from './exchange.ts';

/** An exchange as its connection has it; anybody else only reads it. */
export class QueuedExchange implements Exchange {
  readonly id: number;
  readonly atMs: number;
  readonly message: OutgoingMessage;
  state: ExchangeState;
  /** Of its row in the log; undefined until it went out. */
  entryId: number | undefined;
  readonly #followers = new Set<(state: ExchangeState) => void>();

  constructor({ id, atMs, message, state }: Pick<Exchange, 'id' | 'atMs' | 'message' | 'state'>) {
    this.id = id;
    this.atMs = atMs;
    this.message = message;
    this.state = state;
  }

  follow(follower: (state: ExchangeState) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  notify(state: ExchangeState): void {
    for (const follower of this.#followers) follower(state);
  }
}
