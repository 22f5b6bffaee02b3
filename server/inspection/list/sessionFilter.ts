import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { foldText } from '../../../protocol/text/foldText.ts';
import { maskToken } from '../../../protocol/token.ts';
import type { Steps } from '../../../protocol/steps.ts';
import { LongNumbers } from '../../store/longList.ts';
import type { ListedSession } from '../../store/views.ts';
import { nameText } from './nameText.ts';
import type { SessionColumns } from './sessionColumns.ts';

/** A query, and what it is limited to. */
export interface ListQuery extends SessionQuery {
  /** Only sessions whose names begin so, whatever is asked for. */
  readonly within?: string;
}

/** All sessions that may be shown, to be counted. */
export function allWithin(within: string): ListQuery {
  return { sort: 'created', descending: false, find: '', separator: '', within };
}

/** What ids look like, and what is shown of a token. */
const idPattern = /^[\w-]{12}$/;
const maskPattern = /^(?:··)?\d{4}$|^··$/;

/** Which sessions a list has, by their names and what they are known by. */
export class SessionFilter {
  readonly #prefix: string;
  readonly #within: string;
  readonly find: string;
  readonly #folded: string;

  constructor({ find, prefix = '', within = '' }: ListQuery) {
    this.#prefix = prefix;
    this.#within = within;
    this.find = find.trim();
    this.#folded = foldText(this.find);
  }

  /** Whether it may be what is shown of a token. */
  get mayBeToken(): boolean {
    return maskPattern.test(this.find);
  }

  get mayBeId(): boolean {
    return idPattern.test(this.find);
  }

  /** Numbers of the sessions whose names match. */
  *matching(columns: SessionColumns): Steps<LongNumbers> {
    const found = new LongNumbers(0);
    yield* columns.each((number) => {
      if (this.#matchesName(columns.names.at(number))) found.push(number);
    });
    return found;
  }

  matches(session: ListedSession): boolean {
    return this.#matchesName(session.name) || this.hasHandle(session);
  }

  /** Whether what is looked for is the id, or what is shown of the token. Making an id takes long. */
  hasHandle(session: ListedSession): boolean {
    if (!this.#mayHave(session.name)) return false;
    if (this.mayBeId) return session.id === this.find;
    if (!this.mayBeToken) return false;
    const masked = maskToken(session.token);
    return masked === this.find || masked.slice(2) === this.find;
  }

  #matchesName(name: string): boolean {
    if (!this.#mayHave(name)) return false;
    return this.#folded === '' || nameText(name).includes(this.#folded);
  }

  #mayHave(name: string): boolean {
    return name.startsWith(this.#prefix) && name.startsWith(this.#within);
  }
}
