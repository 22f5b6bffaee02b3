import type { Clock } from '../../protocol/clock.ts';
import type { Eventually } from '../eventually.ts';
import type { Change, Gap } from '../store/changes.ts';
import { detachText } from '../store/detachText.ts';
import { createSessionIds, type SessionIds } from '../store/sessionIds.ts';
import type { SharedStore } from '../store/otherServers.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { BiggestKeys, type KeysBySize } from './figures/biggestKeys.ts';
import { KeysOfBiggest } from './figures/keysOfBiggest.ts';
import type { Follower, Following } from './follower.ts';
import { NumberSet } from './list/numberSet.ts';
import { SessionListings } from './list/sessionListings.ts';
import { Scopes } from './scopes.ts';
import { ObservedCommands } from './observedCommands.ts';
import { SharedViews, type InspectedStore } from './sharedViews.ts';
import { StoreWatch } from './storeWatch.ts';

/** Changes are gathered for so long, so that a busy store costs a few frames a second. */
export const gatherMs = 100;

/** What the hub knows of its server. */
export interface HubFacts {
  /** Whether clients may change nothing. */
  readonly isReadOnly?: boolean;
  /** As the store makes the ids of sessions. */
  readonly idOf?: SessionIds;
}

/** Followers that send in one turn of the event loop; the next ones do after others had theirs. */
export const followersPerTurn = 5;

/** So many changes wait for followers at most. */
export const maxKept = 100_000;

/** A change of more keys is kept as it is: it would take long to copy them. */
const maxCopied = 1_000;

/**
 * Between the store and all inspectors. The store is followed once, and only while there is an
 * inspector; changes are gathered once, and what several inspectors need is read once.
 */
export class InspectionHub {
  /** What followers read the store through. */
  readonly views: InspectedStore;
  readonly scopes: Scopes;
  readonly listings: SessionListings;
  readonly biggestKeys: KeysBySize;
  readonly commands = new ObservedCommands();
  readonly idOf: SessionIds;
  readonly storeWatch: StoreWatch;
  readonly #store: SessionStore;
  readonly #clock: Clock;
  /** Those that mark changes when it is their turn, each with its place among {@link #changes}. */
  readonly #behind = new Map<Follower, number>();
  /** Those that mark each change at once. */
  readonly #upToDate = new Set<Follower>();
  /** Changes that some follower has not marked. */
  #changes: (Change | Gap)[] = [];
  /** Numbers of sessions of which a change is kept for all who are behind: another one would tell them nothing more. */
  readonly #keptOnce = new NumberSet();
  /** Sessions whose keys are watched, by their ids, and by how many. */
  readonly #watchedKeys = new Map<string, number>();
  #unsubscribe: (() => void) | undefined;
  #stopTimer: (() => void) | undefined;
  #isSending = false;
  #hasNews = false;

  constructor(
    store: SessionStore & SharedStore,
    clock: Clock,
    { isReadOnly = false, idOf = createSessionIds('') }: HubFacts = {},
  ) {
    this.#store = store;
    this.#clock = clock;
    this.views = new SharedViews(store);
    const follow = (follower: Follower) => this.follow(follower);
    this.listings = new SessionListings({ store: this.views, clock, follow });
    const { listings } = this;
    const biggestKeysOf = store.biggestKeysOf?.bind(store);
    this.biggestKeys = biggestKeysOf
      ? new KeysOfBiggest({ biggestKeysOf, listings, clock })
      : new BiggestKeys({ store: this.views, follow });
    this.scopes = new Scopes({ views: this.views, follow });
    this.idOf = idOf;
    this.storeWatch = new StoreWatch(store, clock, { isReadOnly });
  }

  /** A follower is behind the changes at first: see {@link Following.keepUp}. */
  follow(follower: Follower): Following {
    this.#putAtEnd(follower);
    this.#unsubscribe ??= this.#store.subscribe(
      (change) => this.#publish(change),
      (session) => this.#isNews(session),
    );
    return {
      catchUp: () => this.#catchUp(follower),
      keepUp: () => {
        this.#catchUp(follower);
        if (this.#behind.delete(follower)) this.#upToDate.add(follower);
      },
      fallBehind: () => {
        if (this.#upToDate.delete(follower)) this.#putAtEnd(follower);
      },
      leave: () => {
        this.#behind.delete(follower);
        this.#upToDate.delete(follower);
        if (this.#behind.size + this.#upToDate.size === 0) this.#rest();
      },
    };
  }

  /**
   * For a follower that needs to know which keys of a session change, and not only that it does.
   * @returns Ends that.
   */
  watchKeys(id: string): () => void {
    this.#watchedKeys.set(id, (this.#watchedKeys.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#watchedKeys.get(id) ?? 0) - 1;
      if (left > 0) this.#watchedKeys.set(id, left);
      else this.#watchedKeys.delete(id);
    };
  }

  #putAtEnd(follower: Follower): void {
    this.#behind.set(follower, this.#changes.length);
    this.#keptOnce.clear();
  }

  #isNews(session: number): boolean {
    return this.#upToDate.size > 0 || !this.#keptOnce.has(session);
  }

  /** Costs the same whatever the number of inspectors. */
  #publish(change: Change | Gap): void {
    for (const follower of this.#upToDate) follower.mark(change);
    if (this.#behind.size > 0) this.#keepForLater(change);
    this.#hasNews = true;
    this.#schedule();
  }

  #keepForLater(change: Change | Gap): void {
    if (!('session' in change)) {
      // Others may get the numbers of those that have ended.
      if (change.kind !== 'created') this.#keptOnce.clear();
      this.#keep(change);
      return;
    }
    const { number, id } = change.session;
    if (this.#keptOnce.has(number)) return;
    const isWatched = this.#watchedKeys.has(id);
    if (!isWatched) this.#keptOnce.add(number);
    this.#keep(lightened(change, isWatched));
  }

  #keep(change: Change | Gap): void {
    if (this.#changes.length < maxKept) {
      this.#changes.push(change);
      return;
    }
    // Reading all again is cheaper than so many changes.
    this.#changes = [{ kind: 'gap' }];
    for (const follower of this.#behind.keys()) this.#behind.set(follower, 0);
  }

  #catchUp(follower: Follower): void {
    const place = this.#behind.get(follower);
    if (place === undefined) return;
    for (const change of this.#changes.slice(place)) follower.mark(change);
    this.#putAtEnd(follower);
  }

  #schedule(): void {
    if (this.#isSending || !this.#hasNews) return;
    this.#stopTimer ??= this.#clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#hasNews = false;
      this.#letSend([...this.#upToDate, ...this.#behind.keys()]);
    }, gatherMs);
  }

  #letSend(followers: readonly Follower[]): void {
    const sending = followers.slice(0, followersPerTurn).map((follower) => {
      this.#catchUp(follower);
      return this.#follows(follower) ? follower.send() : undefined;
    });
    const rest = followers.slice(followersPerTurn);
    this.#isSending = rest.length > 0;
    if (this.#isSending) this.#whenSent(sending, () => setImmediate(() => this.#letSend(rest)));
    else {
      this.#forgetMarked();
      this.#schedule();
    }
  }

  #follows(follower: Follower): boolean {
    return this.#behind.has(follower) || this.#upToDate.has(follower);
  }

  /**
   * A store that writes to disk answers all who wait for the same sync at once: the next ones do not ask before these are done,
   * or have waited long.
   */
  #whenSent(sending: readonly Eventually<void>[], next: () => void): void {
    const waiting = sending.flatMap((each) => (each instanceof Promise ? [each] : []));
    if (waiting.length === 0) return next();
    let isNext = false;
    const goOn = () => {
      if (isNext) return;
      isNext = true;
      stop();
      next();
    };
    const stop = this.#clock.setTimer(goOn, gatherMs);
    void Promise.all(waiting).then(goOn);
  }

  /** Forgets the changes that all have marked. */
  #forgetMarked(): void {
    let marked = this.#changes.length;
    for (const place of this.#behind.values()) marked = Math.min(marked, place);
    this.#changes.splice(0, marked);
    for (const [follower, place] of this.#behind) this.#behind.set(follower, place - marked);
  }

  #rest(): void {
    this.#hasNews = false;
    this.#changes = [];
    this.#keptOnce.clear();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}

/**
 * A change of a session without its values, which no follower reads, and with nothing that keeps a message alive.
 * @param hasKeys Whether somebody needs to know which keys it is about.
 */
function lightened(change: SessionChange, hasKeys: boolean): Change {
  switch (change.kind) {
    case 'stored': {
      // A literal of known shape: spreading the change into it takes ten times as long.
      const { kind, session, term, sequence, atMs, by, cause } = change;
      const keys = hasKeys ? copied(change.keys) : nothing;
      return { kind, session, keys, values: nothing, term, sequence, atMs, by, cause };
    }
    case 'replaced':
      return { ...change, keys: nothing, values: nothing };
    case 'removed':
      return { ...change, keys: hasKeys ? copied(change.keys) : nothing };
    case 'extended':
    case 'touched':
    case 'cleared':
      return change;
  }
}

type SessionChange = Extract<Change, { readonly session: unknown }>;

const nothing: readonly [] = [];

function copied(keys: readonly string[]): readonly string[] {
  return keys.length > maxCopied ? keys : keys.map(detachText);
}
