import type { Token } from '../../../protocol/token.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { ListedSession, SessionView } from '../views.ts';
import type { Session } from './session.ts';
import { termView } from './sessionCopies.ts';
import type { SessionIndex } from './sessionIndex.ts';

/** Reads a session of the table when somebody asks: a copy of all that a list may need would take longer. */
export class Listed implements ListedSession {
  readonly #session: Session;
  readonly #index: SessionIndex;
  readonly #madeAtMs: number;

  /** @param madeAtMs When the store was made. */
  constructor(session: Session, index: SessionIndex, madeAtMs: number) {
    this.#session = session;
    this.#index = index;
    this.#madeAtMs = madeAtMs;
  }

  get number(): number {
    return this.#session.number;
  }

  get id(): string {
    return this.#index.idOf(this.#session);
  }

  get token(): Token {
    return this.#session.token;
  }

  get name(): string {
    return this.#session.name;
  }

  get shared(): boolean {
    return this.#session.shared;
  }

  get keyCount(): number {
    return this.#session.keys.size;
  }

  get bytes(): number {
    return this.#session.bytes;
  }

  get createdAtMs(): number {
    return this.#session.createdAtMs;
  }

  get changedAtMs(): number | undefined {
    const { changedAt } = this.#session;
    return changedAt > 0 ? this.#madeAtMs + changedAt : undefined;
  }

  get deadlineMs(): number {
    return this.#session.term?.deadlineMs ?? Number.POSITIVE_INFINITY;
  }

  get expiry(): SessionView['expiry'] {
    return termView(this.#session.term);
  }

  entries(): IterableIterator<[string, JsonText]> {
    return this.#session.keys.entries();
  }
}
