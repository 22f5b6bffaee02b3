import type { CommandName } from '../../protocol/commands/catalog.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import type { Expiry, NewSession } from './newSession.ts';

/** Who asked for a change. */
export interface Cause {
  /** Number of the connection, counted from 1 in every server; 0: the server itself, at its start. */
  readonly connection: number;
  /** Name of the server that has the connection; absent: no other server shares the store. */
  readonly server?: string | undefined;
  readonly command?: CommandName | undefined;
  /** An inspector sent it. Absent: a client did. */
  readonly isConsole?: true;
  /** It may only read: a read moves no deadline. */
  readonly isReadOnly?: true;
}

/** The current term of a session that expires: its deadline is a result, to be taken as it is. */
export interface TermView extends Expiry {
  /** Unix time in milliseconds, with fractions. */
  readonly startMs: number;
  /** Unix time in milliseconds, with fractions. */
  readonly deadlineMs: number;
}

interface TokenRef {
  readonly token: Token;
}

/** Names a session in a change. */
export interface SessionRef extends TokenRef {
  /** See {@link SessionStore.viewSessions}. */
  readonly id: string;
  /** Of {@link ListedSession}; 0: it had none. To be read in the turn of the change. */
  readonly number: number;
}

/** A session as it begins: empty by SH_NEW, with keys by a load. */
export interface CreatedSession extends SessionRef, SessionRecord {}

/** All that a store knows of a session at one moment; the id follows from the token. */
export interface SessionRecord extends TokenRef, Omit<NewSession, 'expiry'> {
  /** Unix time in milliseconds, with fractions. */
  readonly createdAtMs: number;
  /** Absent: it never expires. */
  readonly term: TermView | undefined;
  /** In order. */
  readonly keys: readonly string[];
  /** One for each key, in the same order. */
  readonly values: readonly JsonText[];
}

/** Some in an order, perhaps millions, so that it takes long to come to all of them. */
export interface ListOf<T> extends Iterable<T> {
  readonly length: number;
  /** The last ones, at most so many, in order, without coming to the others. Absent: the list is short. */
  lastOf?(limit: number): readonly T[];
}

/** A session that has ended. */
export interface EndedSession {
  /** Counted from 1, in the order in which they ended. */
  readonly number: number;
  readonly token: Token;
  readonly name: string;
  /** Unix times in milliseconds, with fractions. */
  readonly createdAtMs: number;
  readonly atMs: number;
  /** Absent: its deadline was reached. */
  readonly cause: Cause | undefined;
}

/** Sessions that a load has created, which may be too many to look for one of them. */
export interface CreatedSessions<T> extends ListOf<T> {
  /** Whether a session of this token, as long as it lives, is one of them. */
  readonly has?: (token: Token) => boolean;
}

/** What happened, and to which sessions. */
export type ChangeEvent<Ref = SessionRef, Created = CreatedSession> =
  | { readonly kind: 'created'; readonly sessions: CreatedSessions<Created> }
  /** By SH_END, SH_END_ALL or a deadline. */
  | { readonly kind: 'ended'; readonly sessions: ListOf<Ref> }
  /** Only the deadline moved. */
  | { readonly kind: 'extended'; readonly session: Ref; readonly term: TermView }
  /** By SH_TOUCH: another term, with what may be another duration; absent: it never expires now. */
  | { readonly kind: 'touched'; readonly session: Ref; readonly term: TermView | undefined }
  /** Keys were stored, new ones at the end; with `term`, the deadline moved as well. */
  | {
      readonly kind: 'stored';
      readonly session: Ref;
      readonly keys: readonly string[];
      readonly values: readonly JsonText[];
      readonly term: TermView | undefined;
    }
  /** All keys went, then these were stored. */
  | {
      readonly kind: 'replaced';
      readonly session: Ref;
      readonly keys: readonly string[];
      readonly values: readonly JsonText[];
    }
  /** These keys, which were there, went; with `term`, the deadline moved as well. */
  | {
      readonly kind: 'removed';
      readonly session: Ref;
      readonly keys: readonly string[];
      readonly term: TermView | undefined;
    }
  /** All keys went; by a deadline, with the term that runs now. */
  | { readonly kind: 'cleared'; readonly session: Ref; readonly term: TermView | undefined };

/** What of a change is needed to make it again: who asked and ids, which follow from tokens, are left out. */
export type ReplayedChange = ChangeEvent<TokenRef, SessionRecord> & Pick<Change, 'sequence'>;

/**
 * One change of the data of a store: what one command, one deadline or one load did. Changes hold
 * results (tokens, deadlines, values), so that applying them in order to an empty store gives the
 * same store without a clock, a random source or JSON paths. Lists are copies: they stay as they are.
 */
export type Change = ChangeEvent & ChangeFacts;

/** What every change has. */
export interface ChangeFacts {
  /** Counts up by one with each change of a store. */
  readonly sequence: number;
  /** Unix time in milliseconds, with fractions. */
  readonly atMs: number;
  readonly by: 'command' | 'deadline' | 'load';
  /** Absent when a deadline was the cause. */
  readonly cause: Cause | undefined;
}

/** What of a change is needed to keep it on disk. */
export type KeptChange = ReplayedChange & Pick<ChangeFacts, 'atMs' | 'by'>;

/**
 * Sent in place of changes that a source has lost (a connection to another machine was down): followers
 * must read everything again. A store in this process loses none.
 */
export interface Gap {
  readonly kind: 'gap';
}

/** Follows a store. Called in the same turn, after the change; must not call the store back. */
export type ChangeListener = (change: Change | Gap) => void;

/**
 * Whether a change of one session, known by its number, would be news to a listener. Asked before the change is put together;
 * a store may hand over more.
 */
export type IsNews = (session: number) => boolean;
