import type { Refusal } from '../../../protocol/wire/reply.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Clock } from '../../clock.ts';
import type { Cause, Change, ChangeListener } from '../changes.ts';
import { noSession } from '../refusals.ts';
import type { SessionIds } from '../sessionIds.ts';
import type { NewSession } from '../newSession.ts';
import type {
  Appendix,
  KeyMatch,
  KeysView,
  MadeSession,
  NodeUpdate,
  PathQuestion,
  RestoredSession,
  SessionFacts,
  SessionSnapshot,
  SessionStore,
  SessionView,
  StoreOutcome,
  Totals,
} from '../sessionStore.ts';
import { unusedToken, type TokenSource } from '../tokenSource.ts';
import { append, type AppendStatus } from './appendItems.ts';
import { runningExpiry } from './expiry.ts';
import { affordable, badPath, findKeys, updateNodes } from './pathCommands.ts';
import { replay } from './replay.ts';
import { sessionOf, type Session } from './session.ts';
import { SessionTable } from './sessionTable.ts';
import { SessionViews } from './sessionViews.ts';
import { SlowQueryQueue } from './slowQueryQueue.ts';

/** What the memory store needs from outside. */
export interface MemoryStoreParts {
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly idOf: SessionIds;
}

type Entries = ReadonlyMap<string, JsonText>;

/** Keeps everything in this process's memory and answers every call at once, but for the costliest paths. */
export class MemoryStore implements SessionStore {
  readonly #clock: Clock;
  readonly #tokens: TokenSource;
  readonly #table: SessionTable;
  readonly #views: SessionViews;
  readonly #slowQueries: SlowQueryQueue;

  constructor({ clock, tokens, idOf }: MemoryStoreParts, slowQueries = new SlowQueryQueue()) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#table = new SessionTable(clock, idOf);
    this.#views = new SessionViews(this.#table);
    this.#slowQueries = slowQueries;
  }

  /** Before, {@link replay} may rebuild what was. */
  async open(): Promise<void> {
    this.#table.startTimer();
  }

  async close(): Promise<void> {
    this.#table.close();
    this.#slowQueries.close();
  }

  /** Makes a change again, in the order of the changes, before {@link open}. It is not published. */
  replay(change: Change): void {
    replay(this.#table, change);
  }

  newSession(wanted: NewSession, cause: Cause): Result<MadeSession, Refusal> {
    const { name, shared } = wanted;
    const token = shared
      ? this.#tokens.sharedToken(name)
      : unusedToken(this.#tokens, this.#table.byToken);
    const there = this.#table.living(token);
    if (there?.shared) return ok({ token, isNew: false });
    if (there) throw new Error('A random token equals the token of a shared session');
    const session = sessionOf({ ...wanted, token, keys: new Map() }, this.#clock.nowMs());
    this.#table.add(session);
    this.#table.changes.created([session], cause);
    return ok({ token, isNew: true });
  }

  endSession(token: Token, cause: Cause): Result<boolean, Refusal> {
    const session = this.#table.living(token);
    if (!session) return ok(false);
    this.#table.delete(session);
    this.#table.changes.ended([session], cause);
    return ok(true);
  }

  endAllSessions(cause: Cause): Result<number, Refusal> {
    this.#table.sweep();
    const sessions = [...this.#table.byToken.values()];
    for (const session of sessions) this.#table.delete(session);
    this.#table.changes.ended(sessions, cause);
    return ok(sessions.length);
  }

  livingTokens(tokens: readonly Token[]): Result<Token[], Refusal> {
    return ok(tokens.filter((token) => this.#table.living(token) !== undefined));
  }

  openShared(name: string): Result<Token | undefined, Refusal> {
    const token = this.#tokens.sharedToken(name);
    return ok(this.#table.living(token)?.shared ? token : undefined);
  }

  sessionFacts(token: Token): Result<SessionFacts | undefined, Refusal> {
    const session = this.#table.living(token);
    if (!session) return ok(undefined);
    const { shared, keys, term, extension } = session;
    const expiry = term && runningExpiry(term, this.#clock.nowMs());
    return ok({ shared, keyCount: keys.size, expiry, extension });
  }

  totals(): Result<Totals, Refusal> {
    this.#table.sweep();
    return ok({ sessions: this.#table.byToken.size, keys: this.#table.totalKeys });
  }

  scan(tokens?: readonly Token[]): AsyncIterable<SessionSnapshot> {
    this.#table.sweep();
    const { byToken, scans } = this.#table;
    if (!tokens) return scans.all(byToken);
    return scans.only(tokens.flatMap((token) => byToken.get(token) ?? []));
  }

  restoreSessions(sessions: readonly RestoredSession[], cause: Cause): Result<Totals, Refusal> {
    const added: Session[] = [];
    let keys = 0;
    for (const restored of sessions) {
      if (this.#table.living(restored.token)) continue;
      const session = sessionOf(restored, this.#clock.nowMs());
      this.#table.add(session);
      added.push(session);
      keys += session.keys.size;
    }
    this.#table.changes.created(added, cause, 'load');
    return ok({ sessions: added.length, keys });
  }

  setKeys(token: Token, entries: Entries, cause: Cause): Result<KeyStatuses, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const isExtended = session.extension?.onSetAdd === true && this.#table.extend(session);
    const statuses = new Map<string, StatusName>();
    for (const [key, value] of entries) {
      const isNew = this.#table.store(session, key, value);
      statuses.set(key, isNew ? 'KeySet' : 'KeyUpdated');
    }
    if (entries.size > 0) {
      this.#table.changes.stored(session, entries.keys(), { cause, isExtended });
    } else if (isExtended) this.#table.changes.extended(session, cause);
    return ok(statuses);
  }

  addKeys(token: Token, entries: Entries, cause: Cause): Result<KeyStatuses, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const isExtended = session.extension?.onSetAdd === true && this.#table.extend(session);
    const statuses = new Map<string, StatusName>();
    let added = 0;
    for (const [key, value] of entries) {
      const isThere = session.keys.has(key);
      if (!isThere) this.#table.store(session, key, value);
      if (!isThere) added += 1;
      statuses.set(key, isThere ? 'KeyExists' : 'KeySet');
    }
    if (added > 0) {
      this.#table.changes.stored(session, withStatus(statuses, 'KeySet'), { cause, isExtended });
    } else if (isExtended) this.#table.changes.extended(session, cause);
    return ok(statuses);
  }

  getKeys(token: Token, keys: readonly string[], cause: Cause): Result<Entries, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    if (session.extension?.onGet && this.#table.extend(session)) {
      this.#table.changes.extended(session, cause);
    }
    const found = new Map<string, JsonText>();
    for (const key of keys) found.set(key, session.keys.get(key) ?? jsonNull);
    return ok(found);
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause): Result<KeyStatuses, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const sizeBefore = session.keys.size;
    const statuses = new Map<string, StatusName>();
    for (const key of keys) {
      const wasThere = this.#table.remove(session, key);
      statuses.set(key, wasThere ? 'KeyRemoved' : 'KeyNotExist');
    }
    if (session.keys.size < sizeBefore) {
      this.#table.changes.removed(session, withStatus(statuses, 'KeyRemoved'), cause);
    }
    return ok(statuses);
  }

  clearKeys(token: Token, cause: Cause): Result<number, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const count = this.#table.clear(session);
    if (count > 0) this.#table.changes.cleared(session, cause);
    return ok(count);
  }

  countKeys(token: Token): Result<number, Refusal> {
    const session = this.#table.living(token);
    return session ? ok(session.keys.size) : noSession(token);
  }

  containsKeys(token: Token, keys: readonly string[]): Result<Map<string, boolean>, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    return ok(new Map(keys.map((key) => [key, session.keys.has(key)])));
  }

  keyNames(token: Token): Result<string[], Refusal> {
    const session = this.#table.living(token);
    return session ? ok([...session.keys.keys()]) : noSession(token);
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause): Result<number, Refusal> {
    const session = this.#table.living(token);
    if (!session) return noSession(token);
    const count = this.#table.clear(session);
    for (const [key, value] of entries) this.#table.store(session, key, value);
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
    this.#replaceValue(session, [appendix.key, longer.value], cause);
    return ok('Ok');
  }

  findKeys(token: Token, question: PathQuestion): StoreOutcome<KeyMatch[]> {
    const session = () => this.#table.living(token);
    return this.#slowQueries.carryOut(
      (budget) => affordable(findKeys({ token, session, budget }, question), token),
      () => badPath(token),
    );
  }

  updateNodes(token: Token, update: NodeUpdate, cause: Cause): StoreOutcome<number | undefined> {
    const session = () => this.#table.living(token);
    const put = (to: Session, json: JsonText) => this.#replaceValue(to, [update.key, json], cause);
    return this.#slowQueries.carryOut(
      (budget) => affordable(updateNodes({ token, session, budget }, update, put), token),
      () => badPath(token),
    );
  }

  subscribe(listener: ChangeListener): () => void {
    return this.#table.changes.subscribe(listener);
  }

  listSessions(limit: number): StoreOutcome<string[]> {
    return this.#views.listSessions(limit);
  }

  viewSessions(ids: Iterable<string>): StoreOutcome<SessionView[]> {
    return this.#views.viewSessions(ids);
  }

  listKeys(id: string, limit: number): StoreOutcome<string[] | undefined> {
    return this.#views.listKeys(id, limit);
  }

  viewKeys(id: string, keys: Iterable<string>): StoreOutcome<KeysView | undefined> {
    return this.#views.viewKeys(id, keys);
  }

  #replaceValue(session: Session, [key, value]: [string, JsonText], cause: Cause): void {
    this.#table.store(session, key, value);
    this.#table.changes.stored(session, [key], { cause });
  }
}

/** Names of the keys that a command left with this status. */
function* withStatus(statuses: KeyStatuses, wanted: StatusName): Iterable<string> {
  for (const [key, status] of statuses) if (status === wanted) yield key;
}
