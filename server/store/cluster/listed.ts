import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { ListedSession, SessionView } from '../views.ts';
import type { CountedSession } from './readSessions.ts';
import type { SessionNumbers } from './sessionNumbers.ts';

/** A session of a list as it was when it was read. */
export class Listed implements ListedSession {
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly keyCount: number;
  readonly bytes: number;
  readonly createdAtMs: number;
  readonly changedAtMs: number | undefined;
  readonly expiry: SessionView['expiry'];
  readonly #numbers: SessionNumbers;
  readonly #number: number;
  readonly #entries: [string, JsonText][];

  constructor(
    session: CountedSession,
    { numbers, entries }: { numbers: SessionNumbers; entries: [string, JsonText][] },
  ) {
    this.token = session.token;
    this.name = session.name;
    this.shared = session.shared;
    this.keyCount = session.keyCount;
    this.bytes = session.bytes;
    this.createdAtMs = session.createdAtMs;
    this.changedAtMs = session.changedAtMs;
    this.expiry = session.term;
    this.#numbers = numbers;
    this.#number = numbers.numberOf(session.token);
    this.#entries = entries;
  }

  get number(): number {
    const isThere = this.#numbers.knownNumberOf(this.token) === this.#number;
    return isThere ? this.#number : -this.#number;
  }

  get id(): string {
    return this.#numbers.idOf(this.token);
  }

  get deadlineMs(): number {
    return this.expiry?.deadlineMs ?? Number.POSITIVE_INFINITY;
  }

  entries(): IterableIterator<[string, JsonText]> {
    return this.#entries.values();
  }
}
