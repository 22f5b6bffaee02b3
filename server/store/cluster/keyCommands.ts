import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Swap, SwapOutcome } from '../atomicChanges.ts';
import type { Cause } from '../changes.ts';
import type { StoreOutcome } from '../sessionStore.ts';
import { listOf, numberOf, textOf, valueOf, type Reply } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';

type Entries = ReadonlyMap<string, JsonText>;

/** Keys of a session, each method one function of the library: see `SessionStore`. */
export class KeyCommands {
  readonly #calls: SessionCalls;
  readonly #maxReplyLength: number;

  constructor(calls: SessionCalls, maxReplyLength: number) {
    this.#calls = calls;
    this.#maxReplyLength = maxReplyLength;
  }

  setKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    const names = ['KeySet', 'KeyUpdated'] as const;
    const call = { name: 'set', args: [...entries].flat(), cause };
    return this.#calls.one(token, call, marked([...entries.keys()], names));
  }

  addKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    const names = ['KeySet', 'KeyExists'] as const;
    const call = { name: 'add', args: [...entries].flat(), cause };
    return this.#calls.one(token, call, marked([...entries.keys()], names));
  }

  getKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    const readOnly = cause.isReadOnly ? '1' : '';
    const args = [readOnly, String(this.#maxReplyLength), ...keys];
    return this.#calls.one(token, { name: 'get', args, cause }, valuesOf(keys));
  }

  takeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    const args = [String(this.#maxReplyLength), ...keys];
    return this.#calls.one(token, { name: 'take', args, cause }, valuesOf(keys));
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<KeyStatuses> {
    const names = ['KeyNotExist', 'KeyRemoved'] as const;
    return this.#calls.one(token, { name: 'remove', args: keys, cause }, marked(keys, names));
  }

  clearKeys(token: Token, cause: Cause): StoreOutcome<number> {
    return this.#calls.one(token, { name: 'clear', cause }, numberOf);
  }

  countKeys(token: Token): StoreOutcome<number> {
    return this.#calls.one(token, { name: 'count' }, numberOf);
  }

  containsKeys(token: Token, keys: readonly string[]): StoreOutcome<ReadonlyMap<string, boolean>> {
    return this.#calls.one(token, { name: 'contains', args: keys }, (reply) => {
      const marks = textOf(reply);
      return new Map(keys.map((key, at) => [key, marks[at] === '1']));
    });
  }

  keyNames(token: Token): StoreOutcome<string[]> {
    return this.#calls.one(token, { name: 'names' }, (reply) => listOf(reply).map(textOf));
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<number> {
    return this.#calls.one(token, { name: 'replace', args: [...entries].flat(), cause }, numberOf);
  }

  swapValue(token: Token, { key, old, value }: Swap, cause: Cause): StoreOutcome<SwapOutcome> {
    const args = [key, ...maybe(old), ...maybe(value)];
    return this.#calls.one(token, { name: 'swap', args, cause }, (reply): SwapOutcome => {
      const [isSwapped, stored] = listOf(reply);
      if (isSwapped !== 1) return { status: 'ValueChanged', value: valueOf(stored) };
      if (value === undefined) return { status: 'KeyRemoved' };
      return { status: old === undefined ? 'KeySet' : 'KeyUpdated' };
    });
  }
}

function maybe(text: string | undefined): [isThere: string, text: string] {
  return text === undefined ? ['', ''] : ['1', text];
}

/** Reads whether each key was there. @param names The status of one that was not, and of one that was. */
function marked(keys: readonly string[], names: readonly [StatusName, StatusName]) {
  return (reply: Reply): KeyStatuses => {
    const marks = textOf(reply);
    return new Map(keys.map((key, at) => [key, names[marks[at] === '1' ? 1 : 0]]));
  };
}

function valuesOf(keys: readonly string[]) {
  return (reply: Reply): Entries => {
    const stored = listOf(reply);
    return new Map(keys.map((key, at) => [key, valueOf(stored[at]) ?? jsonNull]));
  };
}
