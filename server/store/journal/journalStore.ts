import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { ok, type Refused } from '../../../protocol/result.ts';
import { type Holds, afterEventually } from '../../eventually.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Addition, Swap, SwapOutcome } from '../atomicChanges.ts';
import type { Cause, ChangeListener, IsNews, SessionRecord, EndedSession } from '../changes.ts';
import { MemoryStore, type MemoryStoreParts } from '../memory/memoryStore.ts';
import type { NewExpiry, NewSession } from '../newSession.ts';
import { unavailable } from '../refusals.ts';
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
import type { KeyRange, KeysView, ListedSession, SessionView } from '../views.ts';
import type { StoreStatus } from '../storeStatus.ts';
import { Gate } from './gate.ts';
import { Journal, type JournalParts } from './journal.ts';

type Entries = ReadonlyMap<string, JsonText>;

/** What the store needs from outside. */
export type JournalStoreParts = MemoryStoreParts & JournalParts;

/**
 * Keeps everything in memory, and every change in files: it answers from memory, and a reply that shows or
 * confirms a change waits until that change is on disk. Replies that do not are given in the same turn.
 */
export class JournalStore implements SessionStore {
  readonly #memory: MemoryStore;
  readonly #journal: Journal;
  readonly #gate: Gate;
  readonly #tokens: MemoryStoreParts['tokens'];
  /** Memory has them as well, and loses no changes. */
  readonly #listeners = new Set<ChangeListener>();

  constructor(parts: JournalStoreParts) {
    this.#tokens = parts.tokens;
    this.#memory = new MemoryStore(parts);
    this.#journal = new Journal(parts, {
      memory: this.#memory,
      createEmpty: () => new MemoryStore(parts),
      onReverted: () => {
        for (const listener of this.#listeners) listener({ kind: 'gap' });
      },
    });
    this.#gate = new Gate(this.#journal);
  }

  get holds(): Holds {
    return this.#gate;
  }

  async open(): Promise<void> {
    await this.#journal.open();
    this.#memory.contents.keep((change) => this.#journal.append(change));
    await this.#memory.open();
  }

  async close(): Promise<void> {
    await this.#memory.close();
    await this.#journal.close();
    this.#listeners.clear();
  }

  whenSynced(): Promise<void> {
    return this.#gate.opened();
  }

  status(): StoreStatus {
    const { historyBytes } = this.#memory.status();
    return { ...this.#journal.status(), historyBytes };
  }

  newSession(wanted: NewSession, cause: Cause): StoreOutcome<MadeSession> {
    if (!this.#journal.takesChanges) return unavailable();
    return afterEventually(this.#memory.newSession(wanted, cause), (made) =>
      this.#gate.confirmed(made, made.ok ? made.value.token : undefined),
    );
  }

  endSession(token: Token, cause: Cause): StoreOutcome<boolean> {
    return this.#refused ?? this.#confirm(token, this.#memory.endSession(token, cause));
  }

  endAllSessions(cause: Cause): StoreOutcome<number> {
    return this.#refused ?? this.#confirm(undefined, this.#memory.endAllSessions(cause));
  }

  livingTokens(tokens: readonly Token[]): StoreOutcome<Token[]> {
    return this.#read(undefined, () => this.#memory.livingTokens(tokens));
  }

  openShared(name: string): StoreOutcome<Token | undefined> {
    const token = this.#tokens.sharedToken(name);
    return this.#read(token, () => this.#memory.openShared(name));
  }

  sessionFacts(token: Token): StoreOutcome<SessionFacts | undefined> {
    return this.#read(token, () => this.#memory.sessionFacts(token));
  }

  touchSession(token: Token, expiry: NewExpiry, cause: Cause): StoreOutcome<SessionFacts> {
    return this.#refused ?? this.#confirm(token, this.#memory.touchSession(token, expiry, cause));
  }

  totals(): StoreOutcome<Totals> {
    return this.#read(undefined, () => this.#memory.totals());
  }

  scan(tokens?: readonly Token[]): AsyncIterable<SessionSnapshot> {
    return this.#onDisk(this.#memory.scan(tokens));
  }

  records(): AsyncIterable<SessionRecord> {
    return this.#onDisk(this.#memory.records());
  }

  async *#onDisk<T>(scan: AsyncIterable<T>): AsyncIterable<T> {
    const sessions = scan[Symbol.asyncIterator]();
    try {
      let next = await sessions.next();
      // The scan has begun: all that it shows must be on disk.
      const confirmed = await this.#gate.confirmed(ok(undefined), undefined);
      if (!confirmed.ok) throw new Error('The disk does not take what would be read');
      for (; !next.done; next = await sessions.next()) yield next.value;
    } finally {
      await sessions.return?.();
    }
  }

  restoreSessions(sessions: readonly RestoredSession[], cause: Cause): StoreOutcome<Restored> {
    return this.#refused ?? this.#confirm(undefined, this.#memory.restoreSessions(sessions, cause));
  }

  setKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#refused ?? this.#confirm(token, this.#memory.setKeys(token, entries, cause));
  }

  addKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#refused ?? this.#confirm(token, this.#memory.addKeys(token, entries, cause));
  }

  getKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    return this.#read(token, () => {
      const isChange =
        !this.#journal.takesChanges &&
        !cause.isReadOnly &&
        this.#memory.contents.isExtendedByReading(token);
      return isChange ? unavailable() : this.#memory.getKeys(token, keys, cause);
    });
  }

  takeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<Entries> {
    return this.#refused ?? this.#confirm(token, this.#memory.takeKeys(token, keys, cause));
  }

  addToNumber(token: Token, addition: Addition, cause: Cause): StoreOutcome<JsonText> {
    return this.#refused ?? this.#confirm(token, this.#memory.addToNumber(token, addition, cause));
  }

  swapValue(token: Token, swap: Swap, cause: Cause): StoreOutcome<SwapOutcome> {
    return this.#refused ?? this.#confirm(token, this.#memory.swapValue(token, swap, cause));
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<KeyStatuses> {
    return this.#refused ?? this.#confirm(token, this.#memory.removeKeys(token, keys, cause));
  }

  clearKeys(token: Token, cause: Cause): StoreOutcome<number> {
    return this.#refused ?? this.#confirm(token, this.#memory.clearKeys(token, cause));
  }

  countKeys(token: Token): StoreOutcome<number> {
    return this.#read(token, () => this.#memory.countKeys(token));
  }

  containsKeys(token: Token, keys: readonly string[]): StoreOutcome<ReadonlyMap<string, boolean>> {
    return this.#read(token, () => this.#memory.containsKeys(token, keys));
  }

  keyNames(token: Token): StoreOutcome<string[]> {
    return this.#read(token, () => this.#memory.keyNames(token));
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause): StoreOutcome<number> {
    return this.#refused ?? this.#confirm(token, this.#memory.replaceKeys(token, entries, cause));
  }

  appendItems(
    token: Token,
    appendix: Appendix,
    cause: Cause,
  ): ReturnType<SessionStore['appendItems']> {
    return this.#refused ?? this.#confirm(token, this.#memory.appendItems(token, appendix, cause));
  }

  findKeys(token: Token, question: PathQuestion, cause: Cause): StoreOutcome<KeyMatches> {
    return this.#read(token, () => this.#memory.findKeys(token, question, cause));
  }

  updateNodes(token: Token, update: NodeUpdate, cause: Cause): StoreOutcome<number | undefined> {
    return this.#refused ?? this.#confirm(token, this.#memory.updateNodes(token, update, cause));
  }

  subscribe(listener: ChangeListener, isNews?: IsNews): () => void {
    const leave = this.#memory.subscribe(listener, isNews);
    this.#listeners.add(listener);
    return () => {
      leave();
      this.#listeners.delete(listener);
    };
  }

  listSessions(limit: number): StoreOutcome<string[]> {
    return this.#read(undefined, () => this.#memory.listSessions(limit));
  }

  viewSessions(ids: Iterable<string>): StoreOutcome<SessionView[]> {
    const wanted = [...ids];
    return this.#read(undefined, () => this.#memory.viewSessions(wanted));
  }

  listAll(): AsyncIterable<readonly ListedSession[]> {
    return this.#onDisk(this.#memory.listAll());
  }

  listedAt(handles: Iterable<number | string>): StoreOutcome<ListedSession[]> {
    const wanted = [...handles];
    return this.#read(undefined, () => this.#memory.listedAt(wanted));
  }

  watchUses(listener: (number: number) => void): () => void {
    return this.#memory.watchUses(listener);
  }

  listKeys(id: string, range: KeyRange): StoreOutcome<string[] | undefined> {
    return this.#read(undefined, () => this.#memory.listKeys(id, range));
  }

  viewKeys(id: string, keys: Iterable<string>): StoreOutcome<KeysView | undefined> {
    const wanted = [...keys];
    return this.#read(undefined, () => this.#memory.viewKeys(id, wanted));
  }

  listEnded(): StoreOutcome<readonly EndedSession[] | undefined> {
    return this.#read(undefined, () => this.#memory.listEnded());
  }

  readTimeline<T>(id: string, read: (timeline: Timeline) => T): StoreOutcome<T | undefined> {
    return this.#read(undefined, () => this.#memory.readTimeline(id, read));
  }

  /** @param token The session that was changed; undefined: it may be any. */
  #confirm<T>(token: Token | undefined, outcome: StoreOutcome<T>): StoreOutcome<T> {
    return this.#gate.confirmed(outcome, token);
  }

  /** Why nothing can be changed now. */
  get #refused(): Refused<Refusal> | undefined {
    return this.#journal.takesChanges ? undefined : unavailable();
  }

  /** @param token The session that is shown; undefined: it may be any. */
  #read<T>(token: Token | undefined, call: () => StoreOutcome<T>): StoreOutcome<T> {
    const read = () => (this.#journal.canShow(token) ? call() : unavailable());
    return this.#gate.shown(read, token);
  }
}
