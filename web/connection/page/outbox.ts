import type { Outgoing, UnsentMessage } from './unsentMessage.ts';
import type { StoreApi } from 'zustand/vanilla';
import type { ConnectionView } from './connectionView.ts';

/** Most messages that wait for a connection; the next is refused. */
export const maxOutbox = 100;

/** The messages that were not sent, as `unsent` of the connection's view. */
export class Outbox {
  readonly #view: StoreApi<ConnectionView>;
  #lastId = 0;

  constructor(view: StoreApi<ConnectionView>) {
    this.#view = view;
  }

  /** Keeps a text until there is a connection. @returns false when too many are kept. */
  add({ text, written }: Outgoing, atMs: number): boolean {
    const unsent = this.#unsent();
    if (unsent.length >= maxOutbox) return false;
    this.#lastId += 1;
    this.#set([...unsent, { id: this.#lastId, atMs, text, written, state: 'waiting' }]);
    return true;
  }

  /** Takes out what waits. */
  takeWaiting(): readonly UnsentMessage[] {
    const waiting = this.#unsent().filter(isWaiting);
    if (waiting.length > 0) this.#set(this.#unsent().filter((each) => !isWaiting(each)));
    return waiting;
  }

  /** Nothing waits any longer. @returns How many did. */
  hold(): number {
    const { length } = this.#unsent().filter(isWaiting);
    if (length > 0) this.#set(this.#unsent().map((each) => ({ ...each, state: 'held' })));
    return length;
  }

  discard(messages: readonly UnsentMessage[]): void {
    const ids = new Set(messages.map(({ id }) => id));
    this.#set(this.#unsent().filter(({ id }) => !ids.has(id)));
  }

  /** Undoes {@link discard}. The messages wait only if a connection is being made. */
  putBack(messages: readonly UnsentMessage[]): void {
    const { status } = this.#view.getState();
    const isComing = status.state === 'connecting' || status.state === 'retrying';
    const state = isComing ? 'waiting' : 'held';
    const back = messages.map((each) => ({ ...each, state }) as const);
    this.#set([...this.#unsent(), ...back].toSorted((a, b) => a.id - b.id));
  }

  #unsent(): readonly UnsentMessage[] {
    return this.#view.getState().unsent;
  }

  #set(unsent: readonly UnsentMessage[]): void {
    this.#view.setState({ unsent });
  }
}

function isWaiting({ state }: UnsentMessage): boolean {
  return state === 'waiting';
}
