import { EntryList } from '../../../protocol/json/entryList.ts';
import { asJsonText, jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import { isWholeNumber, sumOfWhole } from '../../../protocol/json/wholeNumbers.ts';
import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { ok, refused, type Refused, type Result } from '../../../protocol/result.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause } from '../changes.ts';
import { noSession } from '../refusals.ts';
import type { Addition, Swap, SwapOutcome } from '../atomicChanges.ts';
import { inTurns } from '../../turns.ts';
import type { Appendix, StoreOutcome } from '../sessionStore.ts';
import { tooLarge } from '../valueLimits.ts';
import { append, type AppendStatus } from '../appendItems.ts';
import { manyKeys, ManyKeys } from './manyKeys.ts';
import type { Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';
import { growthBy, growthTo, mostGrowthBy, type Growth } from './usage.ts';

const zero = asJsonText('0');

type Entries = ReadonlyMap<string, JsonText>;

/** What becomes of the keys of a session, in one step: see {@link SessionStore}. At once, but for very many keys. */
export class KeyCommands {
  readonly #table: SessionTable;
  readonly #many: ManyKeys;

  constructor(table: SessionTable) {
    this.#table = table;
    this.#many = new ManyKeys(table);
  }

  setKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    if (entries.size > manyKeys) return inTurns(this.#many.set(token, entries, cause));
    const list = EntryList.of(entries);
    const growing = this.#growing(token, list, ({ keys }) => growthBy(list, keys));
    if (!growing.ok) return growing;
    const session = growing.value;
    const isExtended = this.#extendOnSet(session);
    const statuses = this.#table.keys.storeSome(session, list);
    if (list.size > 0) {
      const stored = { keys: list.names, values: list.items };
      this.#table.changes.storedAll(session, stored, { cause, isExtended, token });
    } else if (isExtended) this.#table.changes.extended(session, cause);
    return ok(new EntryList(list.names, statuses, list.isPlain));
  }

  addKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    if (entries.size > manyKeys) return inTurns(this.#many.add(token, entries, cause));
    const growing = this.#growing(token, EntryList.of(entries), ({ keys }) =>
      growthBy(without(keys, entries), keys),
    );
    if (!growing.ok) return growing;
    const session = growing.value;
    const isExtended = this.#extendOnSet(session);
    const statuses = new Map<string, StatusName>();
    let added = 0;
    for (const [key, value] of entries) {
      const isThere = session.keys.has(key);
      if (!isThere) this.#table.keys.store(session, key, value);
      if (!isThere) added += 1;
      statuses.set(key, isThere ? 'KeyExists' : 'KeySet');
    }
    if (added > 0) {
      this.#table.changes.stored(session, withStatus(statuses, 'KeySet'), { cause, isExtended });
    } else if (isExtended) this.#table.changes.extended(session, cause);
    return ok(statuses);
  }

  getKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    if (keys.length > manyKeys) return inTurns(this.#many.get(token, keys, cause));
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const found = this.#find(session, keys);
    if (found.ok) this.#table.extendByReading(session, cause);
    return found;
  }

  takeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    if (keys.length > manyKeys) return inTurns(this.#many.take(token, keys, cause));
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const found = this.#find(session, keys);
    if (!found.ok) return found;
    const isExtended = session.extension?.onGet === true && this.#table.extend(session);
    const taken = keys.filter((key) => this.#table.keys.remove(session, key));
    if (taken.length > 0) this.#table.changes.removed(session, taken, { cause, isExtended });
    else if (isExtended) this.#table.changes.extended(session, cause);
    return found;
  }

  /** Values of keys, null for those that are not there; refused where a reply has no room for them. */
  #find(session: Session, keys: readonly string[]): Result<Entries, Refusal> {
    const values = session.keys.pick(keys).map((value) => value ?? jsonNull);
    let length = 0;
    for (const key of keys) length += key.length;
    for (const value of values) length += value.length;
    return this.#table.refusalOfReply(length) ?? ok(new EntryList(keys, values));
  }

  addToNumber(token: Token, { key, by }: Addition, cause: Cause): Result<JsonText, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const number = session.keys.get(key) ?? zero;
    if (!isWholeNumber(number)) return refused({ status: 'ValueTypeInvalid', param: 'key' });
    const sum = sumOfWhole(number, by);
    if (sum === undefined) return tooLarge('by');
    return this.storeValue(session, [key, sum], { cause, isExtending: true }) ?? ok(sum);
  }

  swapValue(token: Token, { key, old, value }: Swap, cause: Cause): Result<SwapOutcome, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const present = session.keys.get(key);
    if (present !== old) return ok({ status: 'ValueChanged', value: present });
    if (value !== undefined) {
      const full = this.storeValue(session, [key, value], { cause, isExtending: true });
      return full ?? ok({ status: old === undefined ? 'KeySet' : 'KeyUpdated' });
    }
    const isExtended = this.#extendOnSet(session);
    this.#table.keys.remove(session, key);
    this.#table.changes.removed(session, [key], { cause, isExtended });
    return ok({ status: 'KeyRemoved' });
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<KeyStatuses> {
    if (keys.length > manyKeys) return inTurns(this.#many.remove(token, keys, cause));
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const sizeBefore = session.keys.size;
    const statuses = new Map<string, StatusName>();
    for (const key of keys) {
      const wasThere = this.#table.keys.remove(session, key);
      statuses.set(key, wasThere ? 'KeyRemoved' : 'KeyNotExist');
    }
    if (session.keys.size < sizeBefore) {
      this.#table.changes.removed(session, withStatus(statuses, 'KeyRemoved'), { cause });
    }
    return ok(statuses);
  }

  clearKeys(token: Token, cause: Cause): Result<number, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const count = this.#table.keys.clear(session);
    if (count > 0) this.#table.changes.cleared(session, cause);
    return ok(count);
  }

  countKeys(token: Token): Result<number, Refusal> {
    const session = this.#table.living(token);
    return session ? ok(session.keys.size) : noSession(token);
  }

  containsKeys(token: Token, keys: readonly string[]): StoreOutcome<Map<string, boolean>> {
    if (keys.length > manyKeys) return inTurns(this.#many.contains(token, keys));
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    return ok(new Map(keys.map((key) => [key, session.keys.has(key)])));
  }

  keyNames(token: Token): Result<string[], Refusal> {
    const session = this.#table.living(token);
    return session ? ok([...session.keys.keys()]) : noSession(token);
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<number> {
    if (entries.size > manyKeys) return inTurns(this.#many.replace(token, entries, cause));
    const list = EntryList.of(entries);
    const growing = this.#growing(token, list, ({ keys }) => growthTo(list, keys));
    if (!growing.ok) return growing;
    const session = growing.value;
    const count = this.#table.keys.clear(session);
    this.#table.keys.storeSome(session, list);
    if (count + entries.size > 0) this.#table.changes.replaced(session, cause);
    return ok(count);
  }

  appendItems(token: Token, appendix: Appendix, cause: Cause): Result<AppendStatus, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const value = session.keys.get(appendix.key);
    if (value === undefined) return ok('KeyNotExist');
    const longer = append(value, appendix);
    if (longer === undefined) return ok('Unknown');
    if (!longer.ok) return longer;
    const full = this.storeValue(session, [appendix.key, longer.value], { cause });
    return full ?? ok('Ok');
  }

  /** @returns Whether the deadline has moved. */
  #extendOnSet(session: Session): boolean {
    return session.extension?.onSetAdd === true && this.#table.extend(session);
  }

  /**
   * Stores the value of one key of a living session.
   * @param why With `isExtending`, the deadline moves where the session is extended by setting.
   * @returns Why it cannot be stored; undefined: it is.
   */
  storeValue(
    session: Session,
    entry: readonly [string, JsonText],
    { cause, isExtending = false }: { cause: Cause; isExtending?: boolean },
  ): Refused<Refusal> | undefined {
    const [key, value] = entry;
    const entries = new EntryList([key], [value]);
    const full = this.#refusalToStore(session, entries, ({ keys }) => growthBy(entries, keys));
    if (full) return full;
    const isExtended = isExtending && this.#extendOnSet(session);
    this.#table.keys.store(session, key, value);
    this.#table.changes.stored(session, [key], { cause, isExtended });
    return undefined;
  }

  /** The living session of a token, if there is room for these entries. */
  #growing(
    token: Token,
    entries: EntryList<JsonText>,
    growthOf: (session: Session) => Growth,
  ): Result<Session, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    return this.#refusalToStore(session, entries, growthOf) ?? ok(session);
  }

  /** @param growthOf Asked only when the store is so full that it may not have the room. */
  #refusalToStore(
    session: Session,
    entries: EntryList<JsonText>,
    growthOf: (session: Session) => Growth,
  ): Refused<Refusal> | undefined {
    const isSmall = session.keys.mostSize + entries.size <= this.#table.maxKeysPerSession;
    if (isSmall && this.#table.hasRoomFor(mostGrowthBy(entries))) return undefined;
    return this.#table.refusalOf(growthOf(session), session);
  }
}

/** Those of the entries whose keys are not there. */
function without(present: Entries, entries: Entries): Entries {
  return new Map([...entries].filter(([key]) => !present.has(key)));
}

/** Names of the keys that a command left with this status. */
function* withStatus(statuses: KeyStatuses, wanted: StatusName): Iterable<string> {
  for (const [key, status] of statuses) if (status === wanted) yield key;
}
