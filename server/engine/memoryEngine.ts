import type { Refusal } from '../../protocol/frame.ts';
import { jsonNull, type JsonText } from '../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../protocol/keyStatuses.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import type { StatusName } from '../../protocol/status.ts';
import type { Token } from '../../protocol/token.ts';
import type { Clock } from '../clock.ts';
import { append, type AppendStatus } from './appendItems.ts';
import { firstOf, lastOf, present } from './mapViews.ts';
import { detachText } from './detachText.ts';
import { beginTerm, ExpiryWatch, restartTerm, runningExpiry, startTerm } from './expiry.ts';
import { noSession, viewOf, withStatus, type Session, type SessionTerm } from './session.ts';
import type {
  Appendix,
  KeysView,
  NewSession,
  SessionChange,
  SessionEngine,
  SessionFacts,
  SessionView,
  Totals,
} from './sessionEngine.ts';
import type { TokenSource } from './tokenSource.ts';

/** Keeps everything in this process's memory and answers every call at once. */
export class MemoryEngine implements SessionEngine {
  readonly #clock: Clock;
  readonly #tokens: TokenSource;
  readonly #expiry: ExpiryWatch<SessionTerm>;
  readonly #byToken = new Map<Token, Session>();
  /** In the order of creation. */
  readonly #byId = new Map<string, Session>();
  readonly #listeners = new Set<(change: SessionChange) => void>();
  #created = 0;
  #totalKeys = 0;

  constructor({ clock, tokens }: { clock: Clock; tokens: TokenSource }) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#expiry = new ExpiryWatch(clock, (term) => this.#expire(term));
  }

  newSession({ name, shared, expiry, extension }: NewSession): Result<Token, Token> {
    const token = shared ? this.#tokens.sharedToken(name) : this.#unusedToken();
    const present = this.#living(token);
    if (present?.shared) return refused(token);
    if (present) throw new Error('A random token equals the token of a shared session');
    const nowMs = this.#clock.nowMs();
    this.#created += 1;
    const term: SessionTerm | undefined = expiry && startTerm(expiry, nowMs);
    const id = `s${this.#created}`;
    const kept = { name: detachText(name), shared, createdAtMs: nowMs, extension };
    const session: Session = { id, token, ...kept, keys: new Map(), term };
    this.#byToken.set(token, session);
    this.#byId.set(session.id, session);
    if (term) {
      term.session = session;
      this.#expiry.add(term);
    }
    this.#tell(session, 'created');
    return ok(token);
  }

  endSession(token: Token): boolean {
    const session = this.#living(token);
    if (!session) return false;
    if (session.term) this.#expiry.remove(session.term);
    this.#delete(session);
    return true;
  }

  endAllSessions(): number {
    this.#expiry.sweep();
    const count = this.#byToken.size;
    for (const token of this.#byToken.keys()) this.endSession(token);
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
    return { sessions: this.#byToken.size, keys: this.#totalKeys };
  }

  setKeys(token: Token, entries: ReadonlyMap<string, JsonText>): Result<KeyStatuses, Refusal> {
    return this.#inSession(token, (session) => {
      if (session.extension?.onSetAdd) this.#extend(session);
      const statuses = new Map<string, StatusName>();
      for (const [key, value] of entries) {
        const isNew = this.#store(session, key, value);
        statuses.set(key, isNew ? 'KeySet' : 'KeyUpdated');
      }
      this.#tellKeys(session, 'stored', entries.keys());
      return statuses;
    });
  }

  addKeys(token: Token, entries: ReadonlyMap<string, JsonText>): Result<KeyStatuses, Refusal> {
    return this.#inSession(token, (session) => {
      if (session.extension?.onSetAdd) this.#extend(session);
      const statuses = new Map<string, StatusName>();
      for (const [key, value] of entries) {
        const isThere = session.keys.has(key);
        if (!isThere) this.#store(session, key, value);
        statuses.set(key, isThere ? 'KeyExists' : 'KeySet');
      }
      this.#tellKeys(session, 'stored', withStatus(statuses, 'KeySet'));
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
        const wasThere = session.keys.delete(key);
        if (wasThere) this.#totalKeys -= 1;
        statuses.set(key, wasThere ? 'KeyRemoved' : 'KeyNotExist');
      }
      this.#tellKeys(session, 'removed', withStatus(statuses, 'KeyRemoved'));
      return statuses;
    });
  }

  clearKeys(token: Token): Result<number, Refusal> {
    return this.#inSession(token, (session) => this.#clear(session));
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
      const count = this.#clear(session);
      for (const [key, value] of entries) this.#store(session, key, value);
      this.#tellKeys(session, 'stored', entries.keys());
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
    return longer.ok ? ok(this.#replace(session, appendix.key, longer.value)) : longer;
  }

  subscribe(listener: (change: SessionChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  listSessions(limit: number): string[] {
    this.#expiry.sweep();
    return lastOf(this.#byId, limit);
  }

  viewSessions(ids: Iterable<string>): SessionView[] {
    this.#expiry.sweep();
    return [...ids].flatMap((id) => this.#byId.get(id) ?? []).map(viewOf);
  }

  listKeys(id: string, limit: number): string[] | undefined {
    this.#expiry.sweep();
    const session = this.#byId.get(id);
    return session && firstOf(session.keys, limit);
  }

  viewKeys(id: string, keys: Iterable<string>): KeysView | undefined {
    this.#expiry.sweep();
    const session = this.#byId.get(id);
    return session && { totalKeys: session.keys.size, entries: present(session.keys, keys) };
  }

  close(): void {
    this.#expiry.close();
    this.#listeners.clear();
  }

  /** The session of a token. Expiry is checked here: nothing may revive a dead session. */
  #living(token: Token): Session | undefined {
    const session = this.#byToken.get(token);
    if (session?.term === undefined || !this.#expiry.isOver(session.term)) return session;
    this.#expiry.remove(session.term);
    this.#expire(session.term);
    return this.#byToken.get(token);
  }

  #inSession<T>(token: Token, work: (session: Session) => T): Result<T, Refusal> {
    const session = this.#living(token);
    return session ? ok(work(session)) : noSession(token);
  }

  #unusedToken(): Token {
    let token = this.#tokens.randomToken();
    while (this.#byToken.has(token)) token = this.#tokens.randomToken();
    return token;
  }

  /** Deals with a term that is over and has left the watch. */
  #expire(term: SessionTerm): void {
    const { session } = term;
    if (!session) return;
    if (term.deleteSession) {
      this.#delete(session);
      return;
    }
    restartTerm(term, this.#clock.nowMs());
    this.#expiry.add(term);
    this.#clear(session);
  }

  #delete(session: Session): void {
    this.#byToken.delete(session.token);
    this.#byId.delete(session.id);
    this.#totalKeys -= session.keys.size;
    this.#tell(session, 'ended');
  }

  #clear(session: Session): number {
    const count = session.keys.size;
    session.keys.clear();
    this.#totalKeys -= count;
    this.#tell(session, 'cleared');
    return count;
  }

  /** Stores the new value of a key that is there. */
  #replace(session: Session, key: string, value: JsonText): 'Ok' {
    this.#store(session, key, value);
    this.#tellKeys(session, 'stored', [key]);
    return 'Ok';
  }

  /** @returns Whether the key was new. */
  #store(session: Session, key: string, value: JsonText): boolean {
    const sizeBefore = session.keys.size;
    session.keys.set(session.keys.has(key) ? key : detachText(key), detachText(value));
    if (session.keys.size === sizeBefore) return false;
    this.#totalKeys += 1;
    return true;
  }

  /** Moves the deadline of a session that expires. */
  #extend(session: Session): void {
    const { term } = session;
    if (!term) return;
    this.#expiry.remove(term);
    beginTerm(term, this.#clock.nowMs());
    this.#expiry.add(term);
    this.#tell(session, 'extended');
  }

  #tell({ id }: Session, kind: 'created' | 'extended' | 'ended' | 'cleared'): void {
    for (const listener of this.#listeners) listener({ kind, id });
  }

  #tellKeys({ id }: Session, kind: 'stored' | 'removed', keys: Iterable<string>): void {
    for (const listener of this.#listeners) listener({ kind, id, keys });
  }
}
