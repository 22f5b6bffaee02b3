import type { ConnectionEvent } from './connectionEvent.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { NamedMessage } from '../../../protocol/wire/namedMessage.ts';
import type { ReplyExpectation } from '../../../protocol/wire/pairing.ts';

interface EntryBase {
  /** Unique on its connection, counted up from 1. */
  readonly id: number;
  /** Unix time in milliseconds, with fractions. */
  readonly atMs: number;
}

/** A message as somebody wrote it. */
export interface WrittenMessage {
  readonly text: string;
  /** Sent as it stands: `{{name}}` in it is plain text. */
  readonly isLiteral: boolean;
  /** The text of several messages that it is a part of. */
  readonly conversation?: string;
}

/** A message that is to be sent, read once for all who have to know something of it. */
export interface OutgoingMessage extends ReplyExpectation {
  /** As it goes over the wire, variables filled in. */
  readonly text: string;
  /** Absent: it was written as it is sent. */
  readonly written: WrittenMessage | undefined;
  /** Undefined: the text is no message of the protocol. */
  readonly request: NamedMessage | undefined;
  /** Command name; empty when the text is no message of the protocol. */
  readonly name: string;
  /** UTF-8 bytes. */
  readonly bytes: number;
  /** Whether the catalog lets it be sent late, when there is a connection again. */
  readonly late: 'safe' | 'dangerous' | 'unknown';
  /** Whether a person confirms it before it goes to a production server. */
  readonly asksInProduction: boolean;
}

/** Why a message does not wait for a connection. */
export type WaitRefusal =
  /** The catalog calls the command dangerous. */
  | { readonly reason: 'dangerous'; readonly name: string }
  /** No command of the catalog, so nobody knows what it does; the name is empty for no message at all. */
  | { readonly reason: 'unknown'; readonly name: string }
  /** So many messages wait already. */
  | { readonly reason: 'full'; readonly most: number };

/** Where a message stands, from Send to what became of it. */
export type ExchangeState =
  /** There is no connection; the next one sends it. */
  | { readonly state: 'waiting' }
  /** The connection was given up or closed; only a person sends it. */
  | { readonly state: 'held' }
  /** There is a connection, to a production server; a person confirms it first. */
  | { readonly state: 'asking' }
  /** It was not taken: it must not wait, or too many do. */
  | { readonly state: 'refused'; readonly refusal: WaitRefusal }
  /** A person took it back before it went out. */
  | { readonly state: 'discarded' }
  /** The socket has it, and has not said yet that it went out. */
  | { readonly state: 'leaving' }
  /** It went out, and its reply may come. */
  | { readonly state: 'sent' }
  | { readonly state: 'answered'; readonly reply: ReceivedEntry }
  /** A quiet command that the server had nothing to say about: it succeeded. */
  | { readonly state: 'silent' }
  /** The connection ended before a reply came. */
  | { readonly state: 'lost' };

/** A message that was given to a connection, and what becomes of it. */
export interface Exchange {
  /** Unique on its connection, counted up from 1. */
  readonly id: number;
  /** When it was given to the connection, in Unix milliseconds with fractions. */
  readonly atMs: number;
  readonly message: OutgoingMessage;
  /** Where it stands now; followers may be notified a moment later. */
  readonly state: ExchangeState;
  /**
   * Calls back for each change from now on, in order, after the listeners of the connection.
   * @returns The function that ends it.
   */
  readonly follow: (follower: (state: ExchangeState) => void) => () => void;
}

/** What became of a sent message. */
export type Outcome =
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly replyId: number; readonly latencyMs: number }
  /** A quiet command that the server had nothing to say about: it succeeded. */
  | { readonly state: 'silent' }
  /** The connection ended first. */
  | { readonly state: 'lost' };

/** A message that went out. */
export interface SentEntry extends EntryBase {
  readonly kind: 'sent';
  readonly text: string;
  /** Absent: it was written as it was sent. */
  readonly written?: WrittenMessage | undefined;
  /** Command name; empty when the text is no command. */
  readonly name: string;
  /** UTF-8 bytes. */
  readonly bytes: number;
  /** What a binary message holds; `text` is empty then. */
  readonly binary?: Uint8Array | undefined;
  /** A quiet command: waiting is no sign of trouble. */
  readonly isQuiet: boolean;
  readonly outcome: Outcome;
}

/** A message that came in. */
export interface ReceivedEntry extends EntryBase {
  readonly kind: 'received';
  /** Empty when the message is binary. */
  readonly text: string;
  /** Reply name; empty when the text is no reply of the protocol. */
  readonly name: string;
  readonly bytes: number;
  /** What a binary message holds; `text` is empty then. */
  readonly binary?: Uint8Array | undefined;
  readonly statuses: readonly StatusName[];
  /** The request it answers, if one was waiting for it. */
  readonly requestId: number | undefined;
  readonly latencyMs: number | undefined;
  /** Variables it filled, such as `tkn:user1`. */
  readonly learned: readonly string[];
}

/** Something that happened to the connection itself. */
export interface ConnectionEntry extends EntryBase {
  readonly kind: 'connection';
  readonly event: ConnectionEvent;
}

/** One row of the log. */
export type Entry = SentEntry | ReceivedEntry | ConnectionEntry;

/** Rows of a log that an action can be about, oldest first. */
export interface RowChoices {
  readonly selected: readonly Entry[];
  /** Those that pass the filter. */
  readonly shown: readonly Entry[];
  readonly all: readonly Entry[];
}

/** What a connection sends its listeners: a new entry, or a sent entry's new outcome. */
export type FeedEvent =
  | {
      readonly type: 'entry';
      readonly entry: Entry;
      /** Of a sent message: its own. Of a reply: the one that it answers. */
      readonly exchange?: Exchange | undefined;
    }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome };
