import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import type { Writer } from './timeline.ts';
import type { Expiry } from './newSession.ts';

/** A living session as the inspector sees it. */
export interface SessionView {
  /** Short and stable: a keyed hash of the token, which says nothing about it. */
  readonly id: string;
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly keyCount: number;
  /** Memory that it takes with its keys, as {@link Totals} counts it. */
  readonly bytes: number;
  /** Unix time in milliseconds, with fractions. */
  readonly createdAtMs: number;
  /** Absent: never expires. */
  readonly expiry: (Expiry & { readonly deadlineMs: number }) | undefined;
}

/** A living session for lists of all of them: as it is at the moment in which it is read, in the same turn. */
export interface ListedSession extends SessionView {
  /**
   * From 1 on, and small: no other living session has it, but one that is made when this one has ended may.
   * Less than 0: it has ended.
   */
  readonly number: number;
  /** When its keys changed last: Unix time in milliseconds. Absent: not since the store was made. */
  readonly changedAtMs: number | undefined;
  /** Infinity: it never expires. */
  readonly deadlineMs: number;
  /**
   * Its keys with their values, in order; may be read over several turns, whatever happens to them. Where they were not
   * asked for, there may be none.
   */
  entries(): IterableIterator<[string, JsonText]>;
}

/** What of sessions in lists is needed. */
export interface ListedParts {
  /** Keys and values: some stores have to get them from elsewhere. */
  readonly keys: boolean;
}

/** Which keys of a session, by their positions in its order. */
export interface KeyRange {
  /** Counted from 0. */
  readonly from: number;
  readonly count: number;
}

/** Some keys of a session. */
export interface KeysView {
  /** How many the session has, asked for or not. */
  readonly totalKeys: number;
  /** Those of the keys asked for that are there, in the order asked. */
  readonly entries: ReadonlyMap<string, JsonText>;
  /** Who wrote them last; without those of which it is not remembered. */
  readonly writers: ReadonlyMap<string, Writer>;
}
