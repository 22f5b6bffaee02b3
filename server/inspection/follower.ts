import type { Eventually } from '../eventually.ts';
import type { Change, Gap } from '../store/changes.ts';

/** Keeps one inspector up to date. */
export interface Follower {
  /** Notes what a change makes different. Changes come in their order, some time after they were made. */
  mark(change: Change | Gap): void;
  /** Sends what has been marked; a promise of it, which does not reject, when the store lets it wait. Called for some followers in one turn. */
  send(): Eventually<void>;
}

/** A follower's place among the changes. */
export interface Following {
  /** All changes up to now are marked. */
  catchUp(): void;
  /** From now on each change is marked in the turn in which it is made, and all before it are marked now. */
  keepUp(): void;
  /** Changes may be marked late again, many at once. */
  fallBehind(): void;
  leave(): void;
}
