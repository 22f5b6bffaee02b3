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

/** Some keys of a session. */
export interface KeysView {
  /** How many the session has, asked for or not. */
  readonly totalKeys: number;
  /** Those of the keys asked for that are there, in the order asked. */
  readonly entries: ReadonlyMap<string, JsonText>;
  /** Who wrote them last; without those of which it is not remembered. */
  readonly writers: ReadonlyMap<string, Writer>;
}
