import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../protocol/clock.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Change, ChangeListener, Gap, SessionRef } from '../changes.ts';
import type { BucketKeys } from './bucketKeys.ts';
import { FeedArrivals, type Collected } from './feedArrivals.ts';
import { FeedHistory } from './feedHistory.ts';
import { FeedPositions } from './feedPositions.ts';
import { readChange, type PublishedChange } from './readChange.ts';
import type { RedisLink, Subscription } from './redisLink.ts';
import { listOf, numberOf } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';
import type { SessionNumbers } from './sessionNumbers.ts';

/** Pause before it is tried again to follow the changes, in milliseconds. */
const retryMs = 500;

/** How often Redis is asked whether a change is missing, and how long it publishes after that, in milliseconds. */
const roundMs = 2_000;
const followingMs = 5 * roundMs;

/** Rounds with something missing, one after the other, after which all channels are followed over new connections. */
const badRounds = 3;

/** A change that has been published comes within this time, or is missing. */
const arrivesWithinMs = 1_000;

/** Changes are followed for so long after the last listener has left: a page that is loaded again finds what it had. */
const lingerMs = 30_000;

/** Parts of a feed. */
interface FeedParts {
  readonly link: RedisLink;
  readonly calls: SessionCalls;
  readonly keys: BucketKeys;
  readonly numbers: SessionNumbers;
  readonly clock: Clock;
  readonly maxHistoryBytes: number;
  /** Called when a bucket has changed, or may have. */
  readonly onChange: (bucket: number) => void;
}

/**
 * Changes by all servers, as the library publishes them; followed only while somebody listens here, and a little longer.
 * Of those that are missing, listeners get a gap.
 */
export class ChangeFeed {
  readonly #parts: FeedParts;
  readonly #listeners = new Set<ChangeListener>();
  readonly #positions = new FeedPositions();
  readonly #arrivals = new FeedArrivals();
  #history: FeedHistory;
  #sequence = 0;
  /** Another one each time that it begins to be followed. */
  #following: object | undefined;
  #subscribing: Promise<void> | undefined;
  #subscription: Subscription | undefined;
  #rounds: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #lingering: NodeJS.Timeout | undefined;
  #badRounds = 0;
  #hasGap = false;
  #isFollowed = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#history = this.#newHistory();
  }

  #newHistory(): FeedHistory {
    const { clock, keys, maxHistoryBytes: maxBytes } = this.#parts;
    return new FeedHistory({ clock, keys, maxBytes });
  }

  /** Whether no change is missed now: one that is will show as a gap. */
  get isFollowed(): boolean {
    return this.#isFollowed;
  }

  /** What is remembered of the changes that have come. */
  get history(): FeedHistory {
    return this.#history;
  }

  subscribe(listener: ChangeListener): () => void {
    clearTimeout(this.#lingering);
    this.#listeners.add(listener);
    if (!this.#following) this.#begin();
    return () => {
      if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
      this.#lingering = setTimeout(() => this.close(), lingerMs).unref();
    };
  }

  /** Settles when changes from now on reach those who listen: what is read then lacks none. */
  async whenFollowed(): Promise<void> {
    await this.#subscribing;
  }

  close(): void {
    clearTimeout(this.#lingering);
    clearInterval(this.#rounds);
    this.#listeners.clear();
    this.#following = undefined;
    this.#isFollowed = false;
    this.#subscribing = undefined;
    this.#subscription?.leave();
    this.#subscription = undefined;
    this.#parts.numbers.clear();
    this.#positions.clear();
    this.#history = this.#newHistory();
  }

  /** For tests: settles when the changes that were published before have come. */
  async whenAllReceived(): Promise<void> {
    await this.#subscribing;
    await this.#subscription?.whenReceived();
  }

  #begin(): void {
    const following = {};
    this.#following = following;
    this.#isFollowed = false;
    this.#subscribing = this.#follow(following);
  }

  /** Settles after the first try; others come later, until it is followed or closed. */
  async #follow(following: object): Promise<void> {
    try {
      await this.#tryToFollow(following);
    } catch {
      void this.#followLater(following);
    }
  }

  async #followLater(following: object): Promise<void> {
    while (this.#following === following) {
      await wait(retryMs);
      try {
        await this.#tryToFollow(following);
        // What changed before that has reached nobody.
        this.#loseAll();
        return;
      } catch {
        // Redis cannot be reached: the link says so in the log.
      }
    }
  }

  async #tryToFollow(following: object): Promise<void> {
    const { keys, link } = this.#parts;
    const channels = this.#buckets.map((bucket) => keys.channelOf(bucket));
    const subscription = await link.subscribe(channels, {
      onMessage: (channel, message) => {
        if (this.#following === following) this.#receive(keys.bucketOfChannel(channel), message);
      },
      onReconnected: () => void this.#nextRound(),
    });
    if (this.#following !== following) {
      subscription.leave();
      return;
    }
    this.#subscription?.leave();
    this.#subscription = subscription;
    clearInterval(this.#rounds);
    if (!(await this.#ask())) throw new Error('Not all nodes can be asked');
    for (const bucket of this.#buckets) this.#parts.onChange(bucket);
    this.#isFollowed = true;
    this.#rounds = setInterval(() => void this.#nextRound(), roundMs).unref();
  }

  get #buckets(): number[] {
    return Array.from({ length: this.#parts.keys.count }, (_, bucket) => bucket);
  }

  #nextRound(): Promise<void> {
    this.#round ??= this.#ask()
      .then(() => undefined)
      .finally(() => {
        this.#round = undefined;
      });
    return this.#round;
  }

  /** Says that somebody follows, and looks for changes that are missing. @returns Whether all nodes have answered. */
  async #ask(): Promise<boolean> {
    const following = this.#following;
    const states = await Promise.all(
      this.#buckets.map(async (bucket) => this.#askAbout(bucket, following)),
    );
    if (this.#following !== following) return false;
    this.#badRounds = states.includes('missing') ? this.#badRounds + 1 : 0;
    if (this.#badRounds >= badRounds) {
      // The channels may not be followed where they are now.
      this.#badRounds = 0;
      this.#begin();
      void this.#subscribing?.then(() => this.#loseAll());
    }
    return !states.includes('unknown');
  }

  async #askAbout(
    bucket: number,
    following: object | undefined,
  ): Promise<'complete' | 'missing' | 'unknown'> {
    const take = this.#positions.ask(bucket);
    const args = [String(followingMs)];
    const outcome = await this.#parts.calls.many({ bucket, name: 'follow', args });
    if (!outcome.ok || this.#following !== following) return 'unknown';
    const [lastId, wasFollowed] = listOf(outcome.value);
    if (!take({ lastId: numberOf(lastId), wasFollowed: wasFollowed === 1 })) return 'complete';
    this.#lose(bucket);
    return 'missing';
  }

  /** Settles when a change has come; one that does not is missing. */
  async whenReceived(bucket: number, id: number): Promise<void> {
    const endMs = performance.now() + arrivesWithinMs;
    while (!this.#positions.hasReceived(bucket, id)) {
      if (performance.now() > endMs) {
        this.#positions.receive(bucket, { previousId: 0, id });
        this.#lose(bucket);
        return;
      }
      await this.#arrivals.next(endMs - performance.now());
    }
  }

  /** Changes of a session from now on. */
  collect(token: Token): Collected {
    return this.#arrivals.collect(token);
  }

  #receive(bucket: number, message: Buffer): void {
    this.#parts.onChange(bucket);
    const published = readChange(message, (token) => this.#refTo(token));
    if (!published) {
      this.#lose(bucket);
      return;
    }
    if (this.#positions.receive(bucket, published)) this.#lose(bucket);
    this.#history.note(published);
    this.#take(published);
    this.#arrivals.note();
  }

  #take(published: PublishedChange): void {
    const change = this.#numbered(published.change);
    const sessions = 'session' in change ? [change.session] : [...change.sessions];
    for (const { token } of sessions) {
      this.#arrivals.take(token, published);
    }
    this.#sequence += 1;
    this.#publish({ ...change, sequence: this.#sequence });
    if (change.kind !== 'ended') return;
    for (const { token } of sessions) this.#parts.numbers.forget(token);
  }

  /** New sessions get a number. */
  #numbered(change: PublishedChange['change']): PublishedChange['change'] {
    if (change.kind !== 'created') return change;
    const { numbers } = this.#parts;
    const sessions = Array.from(change.sessions, (session) => {
      return { ...session, number: numbers.numberOf(session.token) };
    });
    return { ...change, sessions };
  }

  #refTo(token: Token): SessionRef {
    const { numbers } = this.#parts;
    return { token, id: numbers.idOf(token), number: numbers.knownNumberOf(token) };
  }

  #loseAll(): void {
    for (const bucket of this.#buckets) this.#lose(bucket);
  }

  /** Changes of a bucket are missing: listeners read all again, once for all buckets of a turn. */
  #lose(bucket: number): void {
    this.#history.forget(bucket);
    this.#parts.onChange(bucket);
    this.#arrivals.lose((token) => this.#parts.keys.bucketOf(token) === bucket);
    if (this.#hasGap) return;
    this.#hasGap = true;
    queueMicrotask(() => {
      this.#hasGap = false;
      this.#publish({ kind: 'gap' });
    });
  }

  #publish(change: Change | Gap): void {
    for (const listener of this.#listeners) listener(change);
  }
}
