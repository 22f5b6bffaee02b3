import type { Clock } from '../../protocol/clock.ts';
import type { Change, Gap } from '../store/changes.ts';
import { detachText } from '../store/detachText.ts';
import { createSessionIds, type SessionIds } from '../store/sessionIds.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { BiggestKeys } from './figures/biggestKeys.ts';
import type { Follower, Following } from './follower.ts';
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
export const followersPerTurn = 2;

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
  readonly biggestKeys: BiggestKeys;
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
    const follow = (follower: Follower) => this.follow(follower);
    this.listings = new SessionListings({ store: this.views, clock, follow });
    this.biggestKeys = new BiggestKeys({ store: this.views, follow });
    this.scopes = new Scopes({ views: this.views, follow });
    this.idOf = idOf;
    this.storeWatch = new StoreWatch(store, clock, { isReadOnly });
  }

  /** A follower is behind the changes at first: see {@link Following.keepUp}. */
  follow(follower: Follower): Following {
    this.#behind.set(follower, this.#changes.length);
    this.#unsubscribe ??= this.#store.subscribe((change) => this.#publish(change));
    return {
      keepUp: () => {
        this.#catchUp(follower);
        if (this.#behind.delete(follower)) this.#upToDate.add(follower);
      },
      fallBehind: () => {
        if (this.#upToDate.delete(follower)) this.#behind.set(follower, this.#changes.length);
      },
      leave: () => {
        this.#behind.delete(follower);
        this.#upToDate.delete(follower);
        if (this.#behind.size + this.#upToDate.size === 0) this.#rest();
      },
    };
  }

  /** Costs the same whatever the number of inspectors. */
  #publish(change: Change | Gap): void {
    for (const follower of this.#upToDate) follower.mark(change);
    if (this.#behind.size > 0) this.#keep(lightened(change));
    this.#hasNews = true;
    this.#schedule();
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
    this.#behind.set(follower, this.#changes.length);
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
    for (const follower of followers.slice(0, followersPerTurn)) {
      this.#catchUp(follower);
      if (this.#behind.has(follower) || this.#upToDate.has(follower)) follower.send();
    }
    const rest = followers.slice(followersPerTurn);
    this.#isSending = rest.length > 0;
    if (this.#isSending) setImmediate(() => this.#letSend(rest));
    else {
      this.#forgetMarked();
      this.#schedule();
    }
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
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }
}

/** A change without its values, which no follower reads, and with nothing that keeps a message alive. */
function lightened(change: Change | Gap): Change | Gap {
  switch (change.kind) {
    case 'stored': {
      // A literal of known shape: spreading the change into it takes ten times as long.
      const { kind, session, term, sequence, atMs, by, cause } = change;
      const keys = copied(change.keys);
      return { kind, session, keys, values: noValues, term, sequence, atMs, by, cause };
    }
    case 'replaced':
      return { ...change, keys: copied(change.keys), values: noValues };
    case 'removed':
      return { ...change, keys: copied(change.keys) };
    case 'created':
    case 'ended':
    case 'extended':
    case 'touched':
    case 'cleared':
    case 'gap':
      return change;
  }
}

const noValues: readonly [] = [];

function copied(keys: readonly string[]): readonly string[] {
  return keys.length > maxCopied ? keys : keys.map(detachText);
}
