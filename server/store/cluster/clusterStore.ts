import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../protocol/clock.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Addition, Swap } from '../atomicChanges.ts';
import type { Cause, ChangeListener, SessionRecord } from '../changes.ts';
import type { NewExpiry, NewSession } from '../newSession.ts';
import type {
  Appendix,
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
import { defaultStoreLimits } from '../storeLimits.ts';
import type { DatedTotals, SharedStore } from '../otherServers.ts';
import type { StoreStatus } from '../storeStatus.ts';
import type { Timeline } from '../timeline.ts';
import type { ClusterStoreParts } from './clusterStoreParts.ts';
import { BucketKeys } from './bucketKeys.ts';
import { ChangeFeed } from './changeFeed.ts';
import { LiveTotals } from './liveTotals.ts';
import { KeyCommands } from './keyCommands.ts';
import { SessionReader } from './readSessions.ts';
import { RedisLink } from './redisLink.ts';
import { ServerLink } from './serverLink.ts';
import { SessionCalls } from './sessionCalls.ts';
import { SessionCommands } from './sessionCommands.ts';
import { SessionNumbers } from './sessionNumbers.ts';
import { SessionViews } from './sessionViews.ts';
import type { KeyRange, ListedParts } from '../views.ts';
import { ValueCommands } from './valueCommands.ts';
import { WholeStore } from './wholeStore.ts';

type Entries = ReadonlyMap<string, JsonText>;

/** What is due is looked for so often, in milliseconds; a session that somebody asks for expires at once. */
const sweepEveryMs = 2_500;

/** At the end, a lost node holds nothing up longer than this, in milliseconds. */
const closeMs = 1_000;

/** Keeps everything in Redis or Valkey: each method is one call of a function there. */
export class ClusterStore implements SessionStore, SharedStore {
  readonly others: ServerLink | undefined;
  readonly #link: RedisLink;
  readonly #clock: Clock;
  readonly #calls: SessionCalls;
  readonly #sessions: SessionCommands;
  readonly #keys: KeyCommands;
  readonly #values: ValueCommands;
  readonly #whole: WholeStore;
  readonly #views: SessionViews;
  readonly #feed: ChangeFeed;
  readonly #live: LiveTotals;
  readonly #numbers: SessionNumbers;
  #state: 'loading' | 'ready' = 'loading';
  #stopTimer: () => void = () => undefined;
  #sweeping: Promise<void> | undefined;
  #isDue = false;
  #recent: DatedTotals | undefined;

  constructor({ access, clock, tokens, idOf, log, ...parts }: ClusterStoreParts) {
    this.#clock = clock;
    this.#link = new RedisLink(access, log);
    const link = this.#link;
    const keys = new BucketKeys(parts.buckets);
    const { serverName = () => '-', nowMs } = parts;
    this.others = parts.serverName && new ServerLink({ link, log, serverName: parts.serverName });
    this.#calls = new SessionCalls({ link, keys, serverName, nowMs });
    const calls = this.#calls;
    const reader = new SessionReader(calls);
    this.#sessions = new SessionCommands(calls, tokens);
    this.#keys = new KeyCommands(calls, parts.maxReplyLength ?? defaultStoreLimits.maxReplyLength);
    this.#values = new ValueCommands(calls);
    this.#whole = new WholeStore(calls, reader);
    this.#numbers = new SessionNumbers(idOf);
    const numbers = this.#numbers;
    const { maxHistoryBytes } = parts.limits ?? defaultStoreLimits;
    const live = new LiveTotals(this.#whole);
    const onChange = (bucket: number) => live.forget(bucket);
    this.#feed = new ChangeFeed({ link, calls, keys, numbers, clock, maxHistoryBytes, onChange });
    this.#live = live;
    this.#views = new SessionViews({ calls, reader, numbers, feed: this.#feed });
  }

  async open(): Promise<void> {
    await this.#link.open();
    this.#state = 'ready';
    this.others?.start();
    this.#startTimer();
  }

  async close(): Promise<void> {
    this.#stopTimer();
    this.#values.close();
    this.#feed.close();
    const ending = Promise.all([this.#sweeping, this.others?.stop()]);
    await Promise.race([ending, wait(closeMs, undefined, { ref: false })]);
    await this.#link.close();
  }

  async whenSynced(): Promise<void> {
    await this.#link.whenIdle();
  }

  /** For tests: settles when the changes that were made before have reached those who follow. */
  async whenPublished(): Promise<void> {
    await this.#sweeping;
    await this.#feed.whenAllReceived();
  }

  status(): StoreStatus {
    const { reason, ...rest } = this.#link.status();
    const isRefusing = reason !== undefined && this.#state === 'ready';
    const state = isRefusing ? 'refusing' : this.#state;
    const historyBytes = this.#feed.history.bytes;
    const why = isRefusing ? reason : undefined;
    return { ...rest, state, reason: why, journal: undefined, historyBytes };
  }

  #startTimer(): void {
    this.#stopTimer = this.#clock.setTimer(() => {
      this.#isDue = true;
      this.#sweeping ??= this.#sweep();
      this.#startTimer();
    }, sweepEveryMs);
  }

  /** One round after the other, however long they take. */
  async #sweep(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      const asOfMs = this.#clock.nowMs();
      // A look at the totals expires what is due.
      const totals = await this.#whole.totals();
      if (totals.ok) this.#recent = { ...totals.value, asOfMs };
    }
    this.#sweeping = undefined;
  }

  newSession(session: NewSession, cause: Cause): StoreOutcome<MadeSession> {
    return this.#sessions.newSession(session, cause);
  }

  endSession(token: Token, cause: Cause): StoreOutcome<boolean> {
    return this.#sessions.endSession(token, cause);
  }

  endAllSessions(cause: Cause): StoreOutcome<number> {
    return this.#whole.endAll(cause);
  }

  livingTokens(tokens: readonly Token[]): StoreOutcome<Token[]> {
    return this.#whole.living(tokens);
  }

  openShared(name: string): StoreOutcome<Token | undefined> {
    return this.#sessions.openShared(name);
  }

  sessionFacts(token: Token): StoreOutcome<SessionFacts | undefined> {
    return this.#sessions.sessionFacts(token);
  }

  touchSession(token: Token, expiry: NewExpiry, cause: Cause): StoreOutcome<SessionFacts> {
    return this.#sessions.touchSession(token, expiry, cause);
  }

  totals(): StoreOutcome<Totals> {
    return this.#whole.totals();
  }

  liveTotals(): StoreOutcome<Totals> {
    return this.#feed.isFollowed ? this.#live.totals() : this.#whole.totals();
  }

  recentTotals(): DatedTotals | undefined {
    return this.#recent;
  }

  records(): AsyncIterable<SessionRecord> {
    return this.#whole.records();
  }

  scan(tokens?: readonly Token[]): AsyncIterable<SessionSnapshot> {
    return this.#whole.scan(tokens);
  }

  restoreSessions(sessions: readonly RestoredSession[], cause: Cause): StoreOutcome<Restored> {
    return this.#whole.restore(sessions, cause);
  }

  /**
   * For `seshdeck copy`: puts sessions there with their times, but for those that are there. Rejects when a node
   * does not answer or is full; what came before is there.
   * @returns What is there now under their tokens.
   */
  bring(records: readonly SessionRecord[]): Promise<SessionRecord[]> {
    return this.#whole.bring(records, { connection: 0 });
  }

  setKeys(token: Token, entries: Entries, cause: Cause) {
    return this.#keys.setKeys(token, entries, cause);
  }

  addKeys(token: Token, entries: Entries, cause: Cause) {
    return this.#keys.addKeys(token, entries, cause);
  }

  getKeys(token: Token, keys: readonly string[], cause: Cause) {
    return this.#keys.getKeys(token, keys, cause);
  }

  takeKeys(token: Token, keys: readonly string[], cause: Cause) {
    return this.#keys.takeKeys(token, keys, cause);
  }

  addToNumber(token: Token, addition: Addition, cause: Cause) {
    return this.#values.addToNumber(token, addition, cause);
  }

  swapValue(token: Token, swap: Swap, cause: Cause) {
    return this.#keys.swapValue(token, swap, cause);
  }

  removeKeys(token: Token, keys: readonly string[], cause: Cause) {
    return this.#keys.removeKeys(token, keys, cause);
  }

  clearKeys(token: Token, cause: Cause) {
    return this.#keys.clearKeys(token, cause);
  }

  countKeys(token: Token) {
    return this.#keys.countKeys(token);
  }

  containsKeys(token: Token, keys: readonly string[]) {
    return this.#keys.containsKeys(token, keys);
  }

  keyNames(token: Token) {
    return this.#keys.keyNames(token);
  }

  replaceKeys(token: Token, entries: Entries, cause: Cause) {
    return this.#keys.replaceKeys(token, entries, cause);
  }

  appendItems(token: Token, appendix: Appendix, cause: Cause) {
    return this.#values.appendItems(token, appendix, cause);
  }

  findKeys(token: Token, question: PathQuestion, cause: Cause) {
    return this.#values.findKeys(token, question, cause);
  }

  updateNodes(token: Token, update: NodeUpdate, cause: Cause) {
    return this.#values.updateNodes(token, update, cause);
  }

  subscribe(listener: ChangeListener): () => void {
    return this.#feed.subscribe(listener);
  }

  readonly listSessions = (limit: number) => this.#views.listSessions(limit);
  readonly viewSessions = (ids: Iterable<string>) => this.#views.viewSessions(ids);
  readonly listAll = () => this.#views.listAll();

  listedAt(handles: Iterable<number | string>, parts?: ListedParts) {
    return this.#views.listedAt(handles, parts);
  }

  readonly biggestKeysOf = (numbers: Iterable<number>) => this.#views.biggestKeysOf(numbers);

  watchUses(listener: (number: number) => void): () => void {
    return this.#calls.watch((token) => listener(this.#numbers.knownNumberOf(token)));
  }

  listKeys(id: string, range: KeyRange) {
    return this.#views.listKeys(id, range);
  }

  viewKeys(id: string, keys: Iterable<string>) {
    return this.#views.viewKeys(id, keys);
  }

  readonly listEnded = () => this.#views.listEnded();

  readTimeline<T>(id: string, read: (timeline: Timeline) => T): StoreOutcome<T | undefined> {
    return this.#views.readTimeline(id, read);
  }
}
