import type { Refusal } from '../../protocol/frame.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../protocol/keyStatuses.ts';
import type { Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { Eventually } from '../eventually.ts';
import type { SessionChange } from './changes.ts';

/** What a key command gives, or status 100 because no session has the token. */
export type KeyOutcome<T> = Eventually<Result<T, Refusal>>;

/** When the data of a session goes. */
export interface Expiry {
  /** Whole seconds, from 1. */
  readonly durationSec: number;
  /** true: the session goes too. false: it stays, empty, and its time starts again. */
  readonly deleteSession: boolean;
}

/** Which commands start the time of an expiring session anew. */
export interface Extension {
  /** setKeys and addKeys do. */
  readonly onSetAdd: boolean;
  /** getKeys does. */
  readonly onGet: boolean;
}

/** A session to be made. Without `expiry` it lives until it is ended. */
export interface NewSession {
  readonly name: string;
  readonly shared: boolean;
  readonly expiry?: Expiry | undefined;
  /** Absent: nothing moves the deadline. */
  readonly extension?: Extension | undefined;
}

/** A session as it was at one moment. Its lists do not follow what happens to it later. */
export interface SessionSnapshot extends NewSession {
  readonly token: Token;
  /** In order. */
  readonly keys: readonly string[];
  /** One for each key, in the same order. */
  readonly values: readonly JsonText[];
}

/** A session to be put back. */
export interface RestoredSession extends NewSession {
  readonly token: Token;
  /** Becomes the store's own: whoever hands it over lets go of it. */
  readonly keys: Map<string, JsonText>;
}

/** Expiry of a living session. */
export interface RunningExpiry extends Expiry {
  /** Unix time of the deadline in whole seconds, rounded down. */
  readonly deadlineSec: number;
  /** Whole seconds to the deadline, rounded down. */
  readonly remainingSec: number;
}

/** What SH_INFO tells. */
export interface SessionFacts {
  readonly shared: boolean;
  readonly keyCount: number;
  /** Absent: never expires. */
  readonly expiry: RunningExpiry | undefined;
  /** As given when the session was made; without an expiry it does nothing. */
  readonly extension: Extension | undefined;
}

/** Items for an array: the value of a key, or the member of that name of an object value. */
export interface Appendix {
  readonly key: string;
  readonly items: readonly JsonText[];
  readonly name?: string | undefined;
}

/** Living sessions and their keys. */
export interface Totals {
  readonly sessions: number;
  readonly keys: number;
}

/** A living session as the inspector sees it. */
export interface SessionView {
  /** Short and stable (`s1`, `s2` …), never used twice; says nothing about the token. */
  readonly id: string;
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly keyCount: number;
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
}

/** A search by JSON path. */
export interface PathQuestion {
  readonly path: string;
  /** Paths are made only when somebody wants them. */
  readonly wants: 'keys' | 'paths';
  /** Search only these keys, in this order; absent: all. */
  readonly among?: readonly string[] | undefined;
}

/** A key whose value has nodes that a path selects. */
export interface KeyMatch {
  readonly key: string;
  /** The whole value. */
  readonly value: JsonText;
  /** Normalised paths of the nodes, each once; empty unless they are wanted. */
  readonly paths: readonly string[];
}

/** A value to be put in place of every node that a path selects. */
export interface NodeUpdate {
  readonly key: string;
  readonly path: string;
  readonly value: JsonText;
}

/**
 * Keeps the sessions. Each method is one command's worth and atomic: nothing else happens between
 * its first look and its last write. Every method acts as if expiry were instant: no reply shows
 * a session, or a key, beyond its deadline. Keys keep the order in which they were first stored.
 */
export interface SessionStore {
  /**
   * Makes a session.
   * @returns Its token; refused with the living session's token when a shared session of this
   * name is there already.
   */
  newSession(session: NewSession): Eventually<Result<Token, Token>>;

  /** Ends a session with its keys and its timer. @returns false when no session has the token. */
  endSession(token: Token): Eventually<boolean>;

  /** Ends every session. @returns How many there were. */
  endAllSessions(): Eventually<number>;

  /** Those of the tokens that name a living session, in the order asked. */
  livingTokens(tokens: readonly Token[]): Eventually<Token[]>;

  /** @returns The token of the living shared session of this name, or undefined. */
  openShared(name: string): Eventually<Token | undefined>;

  /** @returns undefined when no session has the token. Asking moves no deadline. */
  sessionFacts(token: Token): Eventually<SessionFacts | undefined>;

  totals(): Eventually<Totals>;

  /**
   * Copies sessions with their keys, all at one moment. Moves no deadline.
   * @param tokens Only these, in this order; tokens of no session are skipped. Absent: all.
   */
  snapshotSessions(tokens?: readonly Token[]): Eventually<SessionSnapshot[]>;

  /**
   * Puts sessions back under their tokens, all at one moment; their time starts now. A session
   * whose token is living already is left alone.
   * @returns How many sessions and keys were added.
   */
  restoreSessions(sessions: readonly RestoredSession[]): Eventually<Totals>;

  /** Stores keys, overwriting. @returns `KeySet` or `KeyUpdated` for each. */
  setKeys(token: Token, entries: ReadonlyMap<string, JsonText>): KeyOutcome<KeyStatuses>;

  /** Stores the keys that are not there yet. @returns `KeySet` or `KeyExists` for each. */
  addKeys(token: Token, entries: ReadonlyMap<string, JsonText>): KeyOutcome<KeyStatuses>;

  /** @returns The values of the keys, `null` for one that is not there, in the order asked. */
  getKeys(token: Token, keys: readonly string[]): KeyOutcome<ReadonlyMap<string, JsonText>>;

  /** @returns `KeyRemoved` or `KeyNotExist` for each. */
  removeKeys(token: Token, keys: readonly string[]): KeyOutcome<KeyStatuses>;

  /** Removes all keys; the session and its timer stay. @returns How many there were. */
  clearKeys(token: Token): KeyOutcome<number>;

  countKeys(token: Token): KeyOutcome<number>;

  /** @returns For each key whether it is there. */
  containsKeys(token: Token, keys: readonly string[]): KeyOutcome<ReadonlyMap<string, boolean>>;

  /** Names of all keys, in order. */
  keyNames(token: Token): KeyOutcome<string[]>;

  /** Removes all keys, then stores these, in one step. @returns How many were removed. */
  replaceKeys(token: Token, entries: ReadonlyMap<string, JsonText>): KeyOutcome<number>;

  /**
   * Appends to an array.
   * @returns `KeyNotExist`, or `Unknown` when what is addressed is no array; refused with
   * `ValueSize` when the value would exceed what can be stored (decision D41).
   */
  appendItems(token: Token, appendix: Appendix): KeyOutcome<'Ok' | 'KeyNotExist' | 'Unknown'>;

  /**
   * @returns The keys that match, in the order of the search; refused with `PathInvalid`, which
   * echoes the token, when the path is malformed or too costly.
   */
  findKeys(token: Token, question: PathQuestion): KeyOutcome<KeyMatch[]>;

  /**
   * Finds all nodes, then replaces them (decision D31).
   * @returns How many; undefined when there is no such key. Refused with `PathInvalid` as in
   * {@link findKeys}, or with `ValueSize` (decision D41); then nothing has changed.
   */
  updateNodes(token: Token, update: NodeUpdate): KeyOutcome<number | undefined>;

  /**
   * Tells the listener of every change, after it was made, without a word about values. The
   * listener must not call the store back. @returns Ends the subscription.
   */
  subscribe(listener: (change: SessionChange) => void): () => void;

  /** Ids of the newest sessions, at most `limit`, in the order of their creation. */
  listSessions(limit: number): Eventually<string[]>;

  /** The sessions of these ids that live, in the order asked. Moves no deadline, like all views. */
  viewSessions(ids: Iterable<string>): Eventually<SessionView[]>;

  /** Names of the first keys, at most `limit`, in order; undefined when the session is gone. */
  listKeys(id: string, limit: number): Eventually<string[] | undefined>;

  /** @returns undefined when the session is gone. */
  viewKeys(id: string, keys: Iterable<string>): Eventually<KeysView | undefined>;

  /** Stops timers and lets go of what it holds. */
  close(): Eventually<void>;
}
