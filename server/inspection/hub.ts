import type { Clock } from '../../protocol/clock.ts';
import type { Change, Gap } from '../store/changes.ts';
import { createSessionIds, type SessionIds } from '../store/sessionIds.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import type { Follower } from './follower.ts';
import { SessionListings } from './list/sessionListings.ts';
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
export const followersPerTurn = 2;

/**
 * Between the store and all inspectors. The store is followed once, and only while there is an
 * inspector; changes are gathered once, and what several inspectors need is read once.
 */
export class InspectionHub {
  /** What followers read the store through. */
  readonly views: InspectedStore;
  readonly listings: SessionListings;
  readonly commands = new ObservedCommands();
  readonly idOf: SessionIds;
  readonly storeWatch: StoreWatch;
  readonly #store: SessionStore;
  readonly #clock: Clock;
  readonly #followers = new Set<Follower>();
  #unsubscribe: (() => void) | undefined;
  #stopTimer: (() => void) | undefined;
  #isSending = false;
  #hasNews = false;

  constructor(
    store: SessionStore,
    clock: Clock,
    { isReadOnly = false, idOf = createSessionIds('') }: HubFacts = {},
  ) {
    this.#store = store;
    this.#clock = clock;
    this.views = new SharedViews(store);
    this.listings = new SessionListings(this.views, (follower) => this.follow(follower));
    this.idOf = idOf;
    this.storeWatch = new StoreWatch(store, clock, { isReadOnly });
  }

  /** @returns Ends the following. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    this.#unsubscribe ??= this.#store.subscribe((change) => this.#publish(change));
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#rest();
    };
  }

  #publish(change: Change | Gap): void {
    for (const follower of this.#followers) follower.mark(change);
    this.#hasNews = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isSending || !this.#hasNews) return;
    this.#stopTimer ??= this.#clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#hasNews = false;
      this.#letSend([...this.#followers]);
    }, gatherMs);
  }

  #letSend(followers: readonly Follower[]): void {
    for (const follower of followers.slice(0, followersPerTurn)) {
      if (this.#followers.has(follower)) follower.send();
    }
    const rest = followers.slice(followersPerTurn);
    this.#isSending = rest.length > 0;
    if (this.#isSending) setImmediate(() => this.#letSend(rest));
    else this.#schedule();
  }

  #rest(): void {
    this.#hasNews = false;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}
