import type { Refusal } from '../../../protocol/frame.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../../protocol/keyStatuses.ts';
import { ok, refused, type Result } from '../../../protocol/result.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Clock } from '../../clock.ts';
import { append, type AppendStatus } from './appendItems.ts';
import { firstOf, lastOf, present } from './mapViews.ts';
import { ExpiryWatch, restartTerm, runningExpiry } from './expiry.ts';
import {
  noSession,
  sessionOf,
  snapshotOf,
  viewOf,
  withStatus,
  type Session,
  type SessionTerm,
} from './session.ts';
import { affordable, badPath, findKeys, updateNodes } from './pathCommands.ts';
import { SessionTable } from './sessionTable.ts';
import type { SessionChange } from '../changes.ts';
import type {
  Appendix,
  KeyMatch,
  KeyOutcome,
  KeysView,
  NodeUpdate,
  PathQuestion,
  NewSession,
  RestoredSession,
  SessionStore,
  SessionFacts,
  SessionSnapshot,
  SessionView,
  Totals,
} from '../sessionStore.ts';
import { unusedToken, type TokenSource } from '../tokenSource.ts';
import { SlowQueryQueue } from './slowQueryQueue.ts';

/** Keeps everything in this process's memory and answers every call at once, but for the costliest paths. */
export class MemoryStore implements SessionStore {
  readonly #clock: Clock;
  readonly #tokens: TokenSource;
  readonly #expiry: ExpiryWatch<SessionTerm>;
  readonly #sessions = new SessionTable();
  readonly #slowQueries = new SlowQueryQueue();
  #created = 0;

  constructor({ clock, tokens }: { clock: Clock; tokens: TokenSource }) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#expiry = new ExpiryWatch(clock, (term) => this.#expire(term));
  }

  newSession(wanted: NewSession): Result<Token, Token> {
    const { name, shared } = wanted;
    const token = shared
      ? this.#tokens.sharedToken(name)
      : unusedToken(this.#tokens, this.#sessions.byToken);
    const present = this.#living(token);
    if (present?.shared) return refused(token);
    if (present) throw new Error('A random token equals the token of a shared session');
    this.#add({ ...wanted, token, keys: new Map() });
    return ok(token);
  }

  endSession(token: Token): boolean {
    const session = this.#living(token);
    if (!session) return false;
    if (session.term) this.#expiry.remove(session.term);
    this.#sessions.delete(session);
    return true;
  }

  endAllSessions(): number {
    this.#expiry.sweep();
    const count = this.#sessions.byToken.size;
    for (const token of this.#sessions.byToken.keys()) this.endSession(token);
    return count;
  }

  livingTokens(tokens: readonly Token[]): Token[] {
    return tokens.filter((token) => this.#living(token) !== undefined);
  }

  openShared(name: string): Token | undefined {
    const token = this.#tokens.sharedToken(name);
    return this.#living(token)?.shared ? token : undefined;
  }

  sessionFacts(token: Token): SessionFacts | undefined {
    const session = this.#living(token);
    if (!session) return undefined;
    const { shared, keys, term, extension } = session;
    const expiry = term && runningExpiry(term, this.#clock.nowMs());
    return { shared, keyCount: keys.size, expiry, extension };
  }

  totals(): Totals {
    this.#expiry.sweep();
    return { sessions: this.#sessions.byToken.size, keys: this.#sessions.totalKeys };
  }

  snapshotSessions(tokens?: readonly Token[]): SessionSnapshot[] {
    this.#expiry.sweep();
    return this.#sessions.select(tokens).map(snapshotOf);
  }

  restoreSessions(sessions: readonly RestoredSession[]): Totals {
    const added = { sessions: 0, keys: 0 };
    for (const session of sessions) {
      if (this.#living(session.token)) continue;
      added.sessions += 1;
      added.keys += session.keys.size;
      this.#add(session);
    }
    return added;
  }

  setKeys(token: Token, entries: ReadonlyMap<string, JsonText>): Result<KeyStatuses, Refusal> {
    return this.#inSession(token, (session) => {
      if (session.extension?.onSetAdd) this.#extend(session);
      const statuses = new Map<string, StatusName>();
      for (const [key, value] of entries) {
        const isNew = this.#sessions.store(session, key, value);
        statuses.set(key, isNew ? 'KeySet' : 'KeyUpdated');
      }
      this.#sessions.tellKeys(session, 'stored', entries.keys());
      return statuses;
    });
  }

  addKeys(token: Token, entries: ReadonlyMap<string, JsonText>): Result<KeyStatuses, Refusal> {
    return this.#inSession(token, (session) => {
      if (session.extension?.onSetAdd) this.#extend(session);
      const statuses = new Map<string, StatusName>();
      for (const [key, value] of entries) {
        const isThere = session.keys.has(key);
        if (!isThere) this.#sessions.store(session, key, value);
        statuses.set(key, isThere ? 'KeyExists' : 'KeySet');
      }
      this.#sessions.tellKeys(session, 'stored', withStatus(statuses, 'KeySet'));
      return statuses;
    });
  }

  getKeys(token: Token, keys: readonly string[]): Result<ReadonlyMap<string, JsonText>, Refusal> {
    return this.#inSession(token, (session) => {
      if (session.extension?.onGet) this.#extend(session);
      const found = new Map<string, JsonText>();
      for (const key of keys) found.set(key, session.keys.get(key) ?? jsonNull);
      return found;
    });
  }

  removeKeys(token: Token, keys: readonly string[]): Result<KeyStatuses, Refusal> {
    return this.#inSession(token, (session) => {
      const statuses = new Map<string, StatusName>();
      for (const key of keys) {
        const wasThere = this.#sessions.remove(session, key);
        statuses.set(key, wasThere ? 'KeyRemoved' : 'KeyNotExist');
      }
      this.#sessions.tellKeys(session, 'removed', withStatus(statuses, 'KeyRemoved'));
      return statuses;
    });
  }

  clearKeys(token: Token): Result<number, Refusal> {
    return this.#inSession(token, (session) => this.#sessions.clear(session));
  }

  countKeys(token: Token): Result<number, Refusal> {
    return this.#inSession(token, ({ keys }) => keys.size);
  }

  containsKeys(token: Token, keys: readonly string[]): Result<Map<string, boolean>, Refusal> {
    return this.#inSession(token, (session) => {
      return new Map(keys.map((key) => [key, session.keys.has(key)]));
    });
  }

  keyNames(token: Token): Result<string[], Refusal> {
    return this.#inSession(token, ({ keys }) => [...keys.keys()]);
  }

  replaceKeys(token: Token, entries: ReadonlyMap<string, JsonText>): Result<number, Refusal> {
    return this.#inSession(token, (session) => {
      const count = this.#sessions.clear(session);
      for (const [key, value] of entries) this.#sessions.store(session, key, value);
      this.#sessions.tellKeys(session, 'stored', entries.keys());
      return count;
    });
  }

  appendItems(token: Token, appendix: Appendix): Result<AppendStatus, Refusal> {
    const session = this.#living(token);
    if (!session) return noSession(token);
    const value = session.keys.get(appendix.key);
    if (value === undefined) return ok('KeyNotExist');
    const longer = append(value, appendix);
    if (longer === undefined) return ok('Unknown');
    if (!longer.ok) return longer;
    this.#sessions.replace(session, appendix.key, longer.value);
    return ok('Ok');
  }

  findKeys(token: Token, question: PathQuestion): KeyOutcome<KeyMatch[]> {
    const session = () => this.#living(token);
    return this.#slowQueries.carryOut(
      (budget) => affordable(findKeys({ token, session, budget }, question), token),
      () => badPath(token),
    );
  }

  updateNodes(token: Token, update: NodeUpdate): KeyOutcome<number | undefined> {
    const session = () => this.#living(token);
    const store = (stored: Session, updated: JsonText) =>
      this.#sessions.replace(stored, update.key, updated);
    return this.#slowQueries.carryOut(
      (budget) => affordable(updateNodes({ token, session, budget }, update, store), token),
      () => badPath(token),
    );
  }

  subscribe(listener: (change: SessionChange) => void): () => void {
    return this.#sessions.subscribe(listener);
  }

  listSessions(limit: number): string[] {
    this.#expiry.sweep();
    return lastOf(this.#sessions.byId, limit);
  }

  viewSessions(ids: Iterable<string>): SessionView[] {
    this.#expiry.sweep();
    return [...ids].flatMap((id) => this.#sessions.byId.get(id) ?? []).map(viewOf);
  }

  listKeys(id: string, limit: number): string[] | undefined {
    this.#expiry.sweep();
    const session = this.#sessions.byId.get(id);
    return session && firstOf(session.keys, limit);
  }

  viewKeys(id: string, keys: Iterable<string>): KeysView | undefined {
    this.#expiry.sweep();
    const session = this.#sessions.byId.get(id);
    return session && { totalKeys: session.keys.size, entries: present(session.keys, keys) };
  }

  close(): void {
    this.#expiry.close();
    this.#slowQueries.close();
    this.#sessions.listeners.clear();
  }

  #add(wanted: RestoredSession): void {
    this.#created += 1;
    const session = sessionOf(wanted, { id: `s${this.#created}`, nowMs: this.#clock.nowMs() });
    if (session.term) this.#expiry.add(session.term);
    this.#sessions.add(session);
  }

  /** The session of a token. Expiry is checked here: nothing may revive a dead session. */
  #living(token: Token): Session | undefined {
    const session = this.#sessions.byToken.get(token);
    if (session?.term === undefined || !this.#expiry.isOver(session.term)) return session;
    this.#expiry.remove(session.term);
    this.#expire(session.term);
    return this.#sessions.byToken.get(token);
  }

  #inSession<T>(token: Token, work: (session: Session) => T): Result<T, Refusal> {
    const session = this.#living(token);
    return session ? ok(work(session)) : noSession(token);
  }

  /** Deals with a term that is over and has left the watch. */
  #expire(term: SessionTerm): void {
    const { session } = term;
    if (!session) return;
    if (term.deleteSession) {
      this.#sessions.delete(session);
      return;
    }
    restartTerm(term, this.#clock.nowMs());
    term.restarts = (term.restarts ?? 0) + 1;
    this.#expiry.add(term);
    this.#sessions.clear(session);
  }

  /** Moves the deadline of a session that expires. */
  #extend(session: Session): void {
    const { term } = session;
    if (!term) return;
    this.#expiry.renew(term);
    this.#sessions.tell(session, 'extended');
  }
}
