import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import type { Cause, Change } from './changes.ts';

/** What a change made of one key. */
export interface KeyChange {
  readonly key: string;
  /** Absent: it was not there. */
  readonly before: JsonText | undefined;
  /** Absent: it went. */
  readonly after: JsonText | undefined;
}

/** A change of a session that the store remembers, with what was before. */
export interface RememberedChange {
  readonly kind: Change['kind'];
  /** Unix time in milliseconds, with fractions. */
  readonly atMs: number;
  /** Absent: a deadline was reached. */
  readonly cause: Cause | undefined;
  /** So many changes that differ in their time only; more than 1: they only moved the deadline. */
  readonly times: number;
  /** The deadline that the change has set, in Unix milliseconds; absent: it set none. */
  readonly deadlineMs: number | undefined;
  readonly keyCount: number;
  /** Whether {@link keys} gives them. Else they were too many or too large, and nothing before is known. */
  readonly isWhole: boolean;
  /** In order; a key that went and came back in one change comes twice. */
  keys(): Iterable<KeyChange>;
}

/** Who wrote a value, and when. */
export type Writer = Pick<RememberedChange, 'cause' | 'atMs'>;

/** What a store remembers of a session, at one moment. */
export interface Timeline {
  readonly token: Token;
  readonly name: string;
  readonly isEnded: boolean;
  /** As they are; of a session that has ended: none. */
  readonly keys: ReadonlyMap<string, JsonText>;
  /** How many changes are remembered. */
  readonly length: number;
  /** How many older ones are not remembered any more. */
  readonly dropped: number;
  /** All changes from then on are remembered, in Unix milliseconds; absent: from its beginning on. */
  readonly sinceMs: number | undefined;
  /** Whether the oldest of them has its keys, so that what was before it is known. */
  readonly isFirstWhole: boolean;
  /** Remembered changes, the newest first. */
  readonly newestFirst: () => Iterable<RememberedChange>;
}
