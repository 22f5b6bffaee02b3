import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { mapEventually } from '../../eventually.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Clock } from '../../../protocol/clock.ts';
import type { Addition, Swap, SwapOutcome } from '../atomicChanges.ts';
import type { Cause, ChangeListener, IsNews, SessionRecord } from '../changes.ts';
import type { SessionIds } from '../sessionIds.ts';
import type { NewExpiry, NewSession } from '../newSession.ts';
import type {
  Appendix,
  KeyMatches,
  MadeSession,
  NodeUpdate,
  PathQuestion,
  Restored,
  RestoredSession,
  SessionFacts,
  SessionSnapshot,
  SessionStore,
  StoreOutcome,
  Totals,
} from '../sessionStore.ts';
import type { Timeline } from '../timeline.ts';
import type { KeyRange, KeysView, ListedSession } from '../views.ts';
import { defaultStoreLimits, type StoreLimits } from '../storeLimits.ts';
import type { StoreStatus } from '../storeStatus.ts';
import { noSession } from '../refusals.ts';
import { unusedToken, type TokenSource } from '../tokenSource.ts';
import type { AppendStatus } from '../appendItems.ts';
import { Contents } from './contents.ts';
import { touchedTerm } from './expiry.ts';
import { KeyCommands } from './keyCommands.ts';
import { findKeys, updateNodes, type StoreUpdated } from './pathCommands.ts';
import { affordable, badPath } from '../queries/pathQueries.ts';
import { SlowQueryQueue } from '../queries/slowQueryQueue.ts';
import { Loads } from './restoreSessions.ts';
import { sessionOf } from './newSessions.ts';
import { factsOf, snapshotOf } from './sessionCopies.ts';
import { SessionOrder } from './sessionOrder.ts';
import { SessionTable } from './sessionTable.ts';
import { SessionViews } from './sessionViews.ts';
import { growthByNew } from './usage.ts';

/** What the memory store needs from outside. */
export interface MemoryStoreParts {
  readonly clock: Clock;
  readonly tokens: TokenSource;
  readonly idOf: SessionIds;
  /** Absent: as much as the heap has room for. */
  readonly limits?: StoreLimits;
}

type Entries = ReadonlyMap<string, JsonText>;

/** Keeps everything in this process's memory and answers every call at once, but for the costliest paths. */
export class MemoryStore implements SessionStore {
  readonly contents: Contents;
  readonly watchUses = (listener: (number: number) => void) =>
    this.#order.watch((token) => listener(this.#table.rowOf(token)));
  readonly listSessions = (limit: number) => this.#views.listSessions(limit);
  readonly viewSessions = (ids: Iterable<string>) => this.#views.viewSessions(ids);
  readonly listEnded = () => this.#views.listEnded();
  readonly #clock: Clock;
  readonly #tokens: TokenSource;
  readonly #table: SessionTable;
  readonly #views: SessionViews;
  readonly #slowQueries: SlowQueryQueue;
  readonly #keys: KeyCommands;
  readonly #loads: Loads;
  readonly #order = new SessionOrder();
  #isOpen = false;

  constructor(parts: MemoryStoreParts, slowQueries = new SlowQueryQueue()) {
    const { clock, tokens, idOf, limits = defaultStoreLimits } = parts;
    this.#clock = clock;
    this.#tokens = tokens;
    this.#table = new SessionTable(clock, idOf, limits);
    this.contents = new Contents(this.#table);
    this.#views = new SessionViews(this.#table);
    this.#slowQueries = slowQueries;
    this.#keys = new KeyCommands(this.#table);
    this.#loads = new Loads(this.#table);
  }

  /** Before, {@link Contents.replay} may rebuild what was. */
  async open(): Promise<void> {
    this.#table.start();
    this.#isOpen = true;
  }

  async close(): Promise<void> {
    this.#table.close();
    this.#slowQueries.close();
  }

  records(): AsyncIterable<SessionRecord> {
    return this.contents.scan();
  }

  async whenSynced(): Promise<void> {
    // Nothing waits for a disk.
  }

  status(): StoreStatus {
    const state = this.#isOpen ? 'ready' : 'loading';
    const { bytes: historyBytes } = this.#table.history;
    return { durability: 'memory', state, reason: undefined, journal: undefined, historyBytes };
  }

  newSession(wanted: NewSession, cause: Cause): StoreOutcome<MadeSession> {
    if (!wanted.shared) {
      const token = unusedToken(this.#tokens, (each) => this.#table.get(each) !== undefined);
      return this.#addSession(wanted, token, cause);
    }
    const token = this.#tokens.sharedToken(wanted.name);
    return this.#order.change(token, () => {
      const there = this.#table.living(token);
      if (!there) return this.#addSession(wanted, token, cause);
      if (!there.shared) throw new Error('A random token equals that of a shared session');
      return ok({ token, isNew: false });
    });
  }

  #addSession(wanted: NewSession, token: Token, cause: Cause): Result<MadeSession, Refusal> {
    const full = this.#table.refusalOf(growthByNew(wanted.name));
    if (full) return full;
    const session = sessionOf({ ...wanted, token, keys: new Map() }, this.#table.birth);
    this.#table.add(session);
    this.#table.changes.created([session], cause);
    return ok({ token, isNew: true });
  }

  endSession(token: Token, cause: Cause): StoreOutcome<boolean> {
    return this.#order.change(token, () => {
      const session = this.#table.living(token);
      if (session) this.#table.changes.ended([this.#table.delete(session)], cause);
      return ok(session !== undefined);
    });
  }

  endAllSessions(cause: Cause): StoreOutcome<number> {
    return mapEventually(this.#table.sweepAll(), () => {
      const ended = this.#table.deleteAll();
      this.#table.changes.ended(ended, cause);
      return ok(ended.length);
    });
  }

  livingTokens(tokens: readonly Token[]): Result<Token[], Refusal> {
    return ok(tokens.filter((token) => this.#table.living(token) !== undefined));
  }

  openShared(name: string): StoreOutcome<Token | undefined> {
    const token = this.#tokens.sharedToken(name);
    return this.#order.read(token, () => ok(this.#table.living(token)?.shared ? token : undefined));
  }

  sessionFacts(token: Token): StoreOutcome<SessionFacts | undefined> {
    return this.#order.read(token, () => {
      const session = this.#table.living(token);
      return ok(session && factsOf(session, this.#clock.nowMs()));
    });
  }

  touchSession(token: Token, expiry: NewExpiry, cause: Cause): StoreOutcome<SessionFacts> {
    return this.#order.change(token, () => {
      const session = this.#table.living(token);
      if (!session) return noSession(token);
      const nowMs = this.#clock.nowMs();
      const term = touchedTerm(session.term, expiry, nowMs);
      if (term || session.term) {
        this.#table.setTerm(session, term);
        this.#table.changes.touched(session, cause);
      }
      return ok(factsOf(session, nowMs));
    });
  }

  totals(): StoreOutcome<Totals> {
    return mapEventually(this.#table.sweepAll(), () => {
      const { sessions, keys, bytes } = this.#table.usage;
      return ok({ sessions, keys, bytes });
    });
  }

  scan(tokens?: readonly Token[]): AsyncIterable<SessionSnapshot> {
    const { scans } = this.#table;
    const makeReady = () => this.#table.sweepAll();
    if (tokens) return scans.of(tokens, this.#table, makeReady);
    return scans.all(this.#table, snapshotOf, makeReady);
  }

  restoreSessions(sessions: readonly RestoredSession[], cause: Cause): StoreOutcome<Restored> {
    return this.#loads.restore(sessions, { nowMs: this.#clock.nowMs(), cause });
  }

  setKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#order.change(token, () => this.#keys.setKeys(token, entries, cause));
  }

  addKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#order.change(token, () => this.#keys.addKeys(token, entries, cause));
  }

  /** A read, though it may move the deadline: no call before it can see that. */
  getKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    return this.#order.read(token, () => this.#keys.getKeys(token, keys, cause));
  }

  takeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    return this.#order.change(token, () => this.#keys.takeKeys(token, keys, cause));
  }

  addToNumber(token: Token, addition: Addition, cause: Cause): StoreOutcome<JsonText> {
    return this.#order.change(token, () => this.#keys.addToNumber(token, addition, cause));
  }

  swapValue(token: Token, swap: Swap, cause: Cause): StoreOutcome<SwapOutcome> {
    return this.#order.change(token, () => this.#keys.swapValue(token, swap, cause));
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#order.change(token, () => this.#keys.removeKeys(token, keys, cause));
  }

  clearKeys(token: Token, cause: Cause): StoreOutcome<number> {
    return this.#order.change(token, () => this.#keys.clearKeys(token, cause));
  }

  countKeys(token: Token): StoreOutcome<number> {
    return this.#order.read(token, () => this.#keys.countKeys(token));
  }

  containsKeys(token: Token, keys: readonly string[]): StoreOutcome<ReadonlyMap<string, boolean>> {
    return this.#order.read(token, () => this.#keys.containsKeys(token, keys));
  }

  keyNames(token: Token): StoreOutcome<string[]> {
    return this.#order.read(token, () => this.#keys.keyNames(token));
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<number> {
    return this.#order.change(token, () => this.#keys.replaceKeys(token, entries, cause));
  }

  appendItems(token: Token, appendix: Appendix, cause: Cause): StoreOutcome<AppendStatus> {
    return this.#order.change(token, () => this.#keys.appendItems(token, appendix, cause));
  }

  findKeys(token: Token, question: PathQuestion, cause: Cause): StoreOutcome<KeyMatches> {
    const session = () => this.#table.living(token);
    return this.#order.read(token, () =>
      this.#slowQueries.carryOut(
        cause.connection,
        (budget) => affordable(findKeys({ token, session, budget }, question), token),
        () => badPath(token),
      ),
    );
  }

  updateNodes(token: Token, update: NodeUpdate, cause: Cause): StoreOutcome<number | undefined> {
    const session = () => this.#table.living(token);
    const store: StoreUpdated = (stored, updated) =>
      this.#keys.storeValue(stored, [update.key, updated], { cause });
    return this.#order.change(token, () =>
      this.#slowQueries.carryOut(
        cause.connection,
        (budget) => affordable(updateNodes({ token, session, budget }, update, store), token),
        () => badPath(token),
      ),
    );
  }

  subscribe(listener: ChangeListener, isNews?: IsNews): () => void {
    return this.#table.changes.subscribe(listener, isNews);
  }

  listedAt(handles: Iterable<number | string>): StoreOutcome<ListedSession[]> {
    return this.#views.listedAt(handles);
  }

  listAll(): AsyncIterable<readonly ListedSession[]> {
    return this.#views.listAll();
  }

  listKeys(id: string, range: KeyRange): StoreOutcome<string[] | undefined> {
    return this.#views.listKeys(id, range);
  }

  viewKeys(id: string, keys: Iterable<string>): StoreOutcome<KeysView | undefined> {
    return this.#views.viewKeys(id, keys);
  }

  readTimeline<T>(id: string, read: (timeline: Timeline) => T): StoreOutcome<T | undefined> {
    return this.#views.readTimeline(id, read);
  }
}
