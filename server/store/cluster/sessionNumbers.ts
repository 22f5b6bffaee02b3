import type { Token } from '../../../protocol/token.ts';
import type { SessionIds } from '../sessionIds.ts';

/** Names that inspectors of this server have for sessions: small numbers, and ids, from which no token follows. */
export class SessionNumbers {
  readonly #idOf: SessionIds;
  readonly #numbers = new Map<Token, number>();
  readonly #tokens: (Token | undefined)[] = [undefined];
  readonly #byId = new Map<string, Token>();
  readonly #free: number[] = [];

  constructor(idOf: SessionIds) {
    this.#idOf = idOf;
  }

  /** The number of a session that is there; from now on it has one. */
  numberOf(token: Token): number {
    const known = this.#numbers.get(token);
    if (known !== undefined) return known;
    const number = this.#free.pop() ?? this.#tokens.length;
    this.#numbers.set(token, number);
    this.#tokens[number] = token;
    this.#byId.set(this.#idOf(token), token);
    return number;
  }

  /** 0: it has none. */
  knownNumberOf(token: Token): number {
    return this.#numbers.get(token) ?? 0;
  }

  idOf(token: Token): string {
    return this.#idOf(token);
  }

  /** @param handle A number or an id. */
  tokenOf(handle: number | string): Token | undefined {
    return typeof handle === 'number' ? this.#tokens[handle] : this.#byId.get(handle);
  }

  /** For a session that has ended. */
  forget(token: Token): void {
    const number = this.#numbers.get(token);
    if (number === undefined) return;
    this.#numbers.delete(token);
    this.#tokens[number] = undefined;
    this.#byId.delete(this.#idOf(token));
    this.#free.push(number);
  }

  clear(): void {
    this.#numbers.clear();
    this.#tokens.length = 1;
    this.#byId.clear();
    this.#free.length = 0;
  }
}
