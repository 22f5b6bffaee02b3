import type { StoreOutcome, Totals } from './sessionStore.ts';
import type { ListedSession } from './views.ts';

/** A server that shares the store with others. */
export interface ServerRef {
  /** Of its process. */
  readonly id: string;
  /** Which operators gave it; two may have the same. */
  readonly name: string;
}

/** Totals as they were a moment ago. */
export interface DatedTotals extends Totals {
  /** When it began to count: Unix time in milliseconds. */
  readonly asOfMs: number;
}

/** A key of a session, and the memory that it takes with its value. */
export interface KeySize {
  readonly session: ListedSession;
  readonly key: string;
  readonly bytes: number;
}

/** What a store has that several servers can share, where what others do at once takes long. */
export interface SharedStore {
  /** Those of some seconds ago; undefined: they have not been counted yet. */
  readonly recentTotals?: () => DatedTotals | undefined;
  /** For who follows the changes: counts again only what has changed. Of what is due it knows some seconds later. */
  readonly liveTotals?: () => StoreOutcome<Totals>;
  /** The biggest keys of each session of these numbers, some of each, in any order. */
  readonly biggestKeysOf?: (numbers: Iterable<number>) => StoreOutcome<KeySize[]>;
  /** Absent: no other server can share it. */
  readonly others?: OtherServers | undefined;
}

/** The way to other servers that share a store, for inspectors. What is sent may get lost, and is not kept. */
export interface OtherServers {
  /** This server. */
  readonly own: ServerRef;
  /** Those that run, as far as known; without this one. */
  list(): readonly ServerRef[];
  /** From now on all servers receive what is sent to them, within some seconds. @returns Ends that. */
  open(): () => void;
  /** Sends to the server of an id. */
  send(id: string, text: string): void;
  /** Hands over what others send. One at a time. */
  receive(listener: (text: string) => void): void;
}
