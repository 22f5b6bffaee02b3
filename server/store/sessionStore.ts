import type { Refusal } from '../../protocol/wire/reply.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../protocol/codec/keyStatuses.ts';
import type { Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { Holds, Eventually } from '../eventually.ts';
import type { Addition, Swap, SwapOutcome } from './atomicChanges.ts';
import type { Cause, ChangeListener, EndedSession, IsNews, SessionRecord } from './changes.ts';
import type { Expiry, Extension, NewExpiry, NewSession } from './newSession.ts';
import type { StoreStatus } from './storeStatus.ts';
import type { Timeline } from './timeline.ts';
import type { KeyRange, KeysView, ListedParts, ListedSession, SessionView } from './views.ts';

/** What a store gives, now or later, or why it cannot; key commands: status 100 when there is no session. */
export type StoreOutcome<T> = Eventually<Result<T, Refusal>>;

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
  /** When its time began, as Unix time in milliseconds. Absent: it begins now. */
  readonly startMs?: number | undefined;
  /** Belongs to the store from then on. */
  readonly keys: Map<string, JsonText>;
}

/** Expiry of a living session. */
export interface RunningExpiry extends Expiry {
  /** Unix time of the deadline in whole seconds, rounded down. */
  readonly deadlineSec: number;
  /** Whole seconds to the deadline, rounded down. */
  readonly remainingSec: number;
}

/** What SH_INFO shows. */
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
  /** Memory that they take: names, keys and values, and what keeping them takes. An estimate, rather too high. */
  readonly bytes: number;
}

/** How many sessions and keys were put back. */
export type Restored = Omit<Totals, 'bytes'>;

/** A search by JSON path. */
export interface PathQuestion {
  readonly path: string;
  /** Paths are made only when somebody wants them. */
  readonly wants: 'keys' | 'paths';
  /** Search only these keys, in this order; absent: all. */
  readonly among?: readonly string[] | undefined;
}

/** Keys whose values have nodes that a path selects. In lists: pairs of a million of them are much to collect. */
export interface KeyMatches {
  readonly keys: string[];
  /** The whole value of each key. */
  readonly values: readonly JsonText[];
  /** Normalised paths of the nodes, each once for its key; empty unless they are wanted. */
  readonly paths: string[];
}

/** A value to be put in place of every node that a path selects. */
export interface NodeUpdate {
  readonly key: string;
  readonly path: string;
  readonly value: JsonText;
}

/** What becomes of SH_NEW. */
export interface MadeSession {
  readonly token: Token;
  /** false: a shared session of this name is there already, and this is its token. */
  readonly isNew: boolean;
}

/**
 * Keeps the sessions. Each method is one command's worth and atomic: nothing else happens between
 * its first look and its last write. Every method acts as if expiry were instant: no reply shows
 * a session, or a key, beyond its deadline. Keys keep the order in which they were first stored.
 *
 * Calls for one session take effect in the order in which they were made, long path searches
 * included. Calls about many sessions take effect when they are made, whatever is pending.
 *
 * Every method may refuse with `StoreUnavailable`, those that change data also with `ReadOnly` or
 * `LimitReached`; a promise that rejects is a bug. What changes data takes its cause, for {@link Change}.
 */
export interface SessionStore {
  /** Absent: no outcome waits for a disk of this machine. */
  readonly holds?: Holds;
  /**
   * Makes ready: recovers or connects. Called once, before anything else.
   * Rejects with one line for the operator when it cannot.
   */
  open(): Promise<void>;

  /** Stops timers and releases what it holds; what was acknowledged is safe when it settles. */
  close(): Promise<void>;

  /** Settles when all outcomes that wait for a disk are there: those of calls made before. Never rejects. */
  whenSynced(): Promise<void>;

  /** How it is doing, from the moment it is made. Costs nothing. */
  status(): StoreStatus;

  /** Makes a session, or gives the token of the living shared session of this name. */
  newSession(session: NewSession, cause: Cause): StoreOutcome<MadeSession>;

  /** Ends a session with its keys and its timer. @returns false when no session has the token. */
  endSession(token: Token, cause: Cause): StoreOutcome<boolean>;

  /** Ends every session. @returns How many there were. */
  endAllSessions(cause: Cause): StoreOutcome<number>;

  /** Those of the tokens that name a living session, in the order asked. */
  livingTokens(tokens: readonly Token[]): StoreOutcome<Token[]>;

  /** @returns The token of the living shared session of this name, or undefined. */
  openShared(name: string): StoreOutcome<Token | undefined>;

  /** @returns undefined when no session has the token. Asking moves no deadline. */
  sessionFacts(token: Token): StoreOutcome<SessionFacts | undefined>;

  /**
   * Starts the time of a session again, by its expiry or another. Nothing changes without one (decision D50).
   * @returns What it is now.
   */
  touchSession(token: Token, expiry: NewExpiry, cause: Cause): StoreOutcome<SessionFacts>;
  totals(): StoreOutcome<Totals>;

  /** Reads all sessions as {@link SessionStore.scan} does, with their deadlines as times of day. */
  records(): AsyncIterable<SessionRecord>;

  /**
   * Reads sessions with their keys, all as they are when the first is asked for, one after the other: later changes do not show.
   * Moves no deadline, and holds up no other call for long. Throws when the store can read no further.
   * @param tokens Only these, in this order; tokens of no session are skipped. Absent: all.
   */
  scan(tokens?: readonly Token[]): AsyncIterable<SessionSnapshot>;

  /**
   * Puts sessions back under their tokens, all at one moment. One whose token is living already is left alone.
   * @returns How many sessions and keys were added.
   */
  restoreSessions(sessions: readonly RestoredSession[], cause: Cause): StoreOutcome<Restored>;

  /** Stores keys, overwriting. @returns `KeySet` or `KeyUpdated` for each. */
  setKeys(
    token: Token,
    entries: ReadonlyMap<string, JsonText>,
    cause: Cause,
  ): StoreOutcome<KeyStatuses>;

  /** Stores the keys that are not there yet. @returns `KeySet` or `KeyExists` for each. */
  addKeys(
    token: Token,
    entries: ReadonlyMap<string, JsonText>,
    cause: Cause,
  ): StoreOutcome<KeyStatuses>;

  /**
   * Moves the deadline of a session that is extended by reading.
   * @returns The values of the keys, `null` for one that is not there, in the order asked.
   */
  getKeys(
    token: Token,
    keys: readonly string[],
    cause: Cause,
  ): StoreOutcome<ReadonlyMap<string, JsonText>>;

  /**
   * Removes keys. Moves the deadline of a session that is extended by reading.
   * @returns The values that the keys had, as {@link getKeys} gives them.
   */
  takeKeys(
    token: Token,
    keys: readonly string[],
    cause: Cause,
  ): StoreOutcome<ReadonlyMap<string, JsonText>>;
  /**
   * Adds to a whole number; a key that is not there counts as 0. Extends a session like {@link setKeys}.
   * @returns The sum; refused with `ValueTypeInvalid` when the value is no whole number, with `ValueSize` beyond 100 digits.
   */
  addToNumber(token: Token, addition: Addition, cause: Cause): StoreOutcome<JsonText>;
  /**
   * Stores, replaces or removes a value if the key has the one that is expected. Texts are compared.
   * Extends a session like {@link setKeys}, unless the value is another.
   */
  swapValue(token: Token, swap: Swap, cause: Cause): StoreOutcome<SwapOutcome>;
  /** @returns `KeyRemoved` or `KeyNotExist` for each. */
  removeKeys(token: Token, keys: readonly string[], cause: Cause): StoreOutcome<KeyStatuses>;

  /** Removes all keys; the session and its timer stay. @returns How many there were. */
  clearKeys(token: Token, cause: Cause): StoreOutcome<number>;

  countKeys(token: Token): StoreOutcome<number>;

  /** @returns For each key whether it is there. */
  containsKeys(token: Token, keys: readonly string[]): StoreOutcome<ReadonlyMap<string, boolean>>;

  /** Names of all keys, in order. */
  keyNames(token: Token): StoreOutcome<string[]>;

  /** Removes all keys, then stores these, in one step. @returns How many were removed. */
  replaceKeys(
    token: Token,
    entries: ReadonlyMap<string, JsonText>,
    cause: Cause,
  ): StoreOutcome<number>;

  /**
   * Appends to an array.
   * @returns `KeyNotExist`, or `Unknown` when what is addressed is no array; refused with
   * `ValueSize` when the value would exceed what can be stored (decision D41).
   */
  appendItems(
    token: Token,
    appendix: Appendix,
    cause: Cause,
  ): StoreOutcome<'Ok' | 'KeyNotExist' | 'Unknown'>;

  /**
   * @param cause Whose searches wait for each other, where they take long.
   * @returns The keys that match, in the order of the search; refused with `PathInvalid`, which
   * echoes the token, when the path is malformed or too costly.
   */
  findKeys(token: Token, question: PathQuestion, cause: Cause): StoreOutcome<KeyMatches>;

  /**
   * Finds all nodes, then replaces them (decision D31).
   * @returns The number of nodes replaced; undefined if the key does not exist. Refused with `PathInvalid` (see
   * {@link findKeys}) or `ValueSize` (decision D41); nothing changes then.
   */
  updateNodes(token: Token, update: NodeUpdate, cause: Cause): StoreOutcome<number | undefined>;

  /** Hands changes to the listener, from now on: every one, or those that are news. @returns Ends that. */
  subscribe(listener: ChangeListener, isNews?: IsNews): () => void;

  /** Ids of the newest sessions, at most `limit`, in the order of their creation. No view moves a deadline. */
  listSessions(limit: number): StoreOutcome<string[]>;

  /** The sessions of these ids that live, in the order asked. An id follows from the token alone, on any server. */
  viewSessions(ids: Iterable<string>): StoreOutcome<SessionView[]>;

  /**
   * All living sessions, some at a time, in any order. Not of one moment: what changes in between may show or
   * not. Holds up no other call for long. Throws when the store can read no further.
   */
  listAll(): AsyncIterable<readonly ListedSession[]>;

  /**
   * Those sessions of {@link listAll} that have these numbers, or ids that the store has given out before, in the
   * order asked; ended ones are left out. Without their keys, unless `parts` asks for those.
   */
  listedAt(handles: Iterable<number | string>, parts?: ListedParts): StoreOutcome<ListedSession[]>;

  /** Hands the number of a session to the listener for each call about its token. @returns Ends that. */
  watchUses(listener: (number: number) => void): () => void;

  /** Sessions that have ended, the newest first, a bounded number; undefined: that is not remembered. */
  listEnded(): StoreOutcome<readonly EndedSession[] | undefined>;

  /** Names of some keys, in order; undefined when the session is gone. */
  listKeys(id: string, range: KeyRange): StoreOutcome<string[] | undefined>;

  /** @returns undefined when the session is gone. */
  viewKeys(id: string, keys: Iterable<string>): StoreOutcome<KeysView | undefined>;

  /**
   * What is remembered of a session, living or ended; undefined: nothing is known of the id.
   * @param read Called with what is true at that moment only.
   */
  readTimeline<T>(id: string, read: (timeline: Timeline) => T): StoreOutcome<T | undefined>;
}
