import type { StatusName } from '../../../protocol/status.ts';

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
  /** What a binary message holds; `text` then only describes it. */
  readonly binary?: Uint8Array | undefined;
  /** A quiet command: waiting is no sign of trouble. */
  readonly isQuiet: boolean;
  readonly outcome: Outcome;
}

/** A message that came in. */
export interface ReceivedEntry extends EntryBase {
  readonly kind: 'received';
  readonly text: string;
  /** Reply name; empty when the text is no reply of the protocol. */
  readonly name: string;
  readonly bytes: number;
  /** What a binary message holds; `text` then only describes it. */
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
  readonly tone: 'good' | 'neutral' | 'bad';
  readonly text: string;
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

/** What a connection tells its listeners: a new entry, or a sent entry's new outcome. */
export type FeedEvent =
  | { readonly type: 'entry'; readonly entry: Entry }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: Outcome };
