import type { Change, Gap } from '../store/changes.ts';

/** Keeps one inspector up to date. */
export interface Follower {
  /** Notes what a change makes different. Called in the same turn. */
  mark(change: Change | Gap): void;
  /** Sends what has been marked. Called for some followers in one turn. */
  send(): void;
}
