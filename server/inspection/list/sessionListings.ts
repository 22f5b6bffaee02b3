import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { Change, Gap } from '../../store/changes.ts';
import type { Follower, Following } from '../follower.ts';
import { SessionListing, type ListedStore } from './sessionListing.ts';

interface Opened {
  readonly listing: SessionListing;
  /** How many look at it. */
  readers: number;
}

/** The listings that somebody looks at: one for all who ask the same. */
export class SessionListings implements Follower {
  readonly #store: ListedStore;
  readonly #follow: (follower: Follower) => Following;
  readonly #opened = new Map<string, Opened>();
  #following: Following | undefined;

  /** @param follow Follows the store. */
  constructor(store: ListedStore, follow: (follower: Follower) => Following) {
    this.#store = store;
    this.#follow = follow;
  }

  open(query: SessionQuery): { listing: SessionListing; close: () => void } {
    if (!this.#following) {
      this.#following = this.#follow(this);
      // One for all who look at lists, so that costs little.
      this.#following.keepUp();
    }
    const key = `${query.sort} ${query.descending} ${query.find}`;
    const opened = this.#opened.get(key) ?? {
      listing: new SessionListing(this.#store, query),
      readers: 0,
    };
    this.#opened.set(key, opened);
    opened.readers += 1;
    return { listing: opened.listing, close: () => this.#close(key, opened) };
  }

  mark(change: Change | Gap): void {
    for (const { listing } of this.#opened.values()) listing.mark(change);
  }

  /** Readers ask for what they show. */
  send(): void {}

  #close(key: string, opened: Opened): void {
    opened.readers -= 1;
    if (opened.readers > 0) return;
    this.#opened.delete(key);
    if (this.#opened.size > 0) return;
    this.#following?.leave();
    this.#following = undefined;
  }
}
