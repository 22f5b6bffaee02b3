/** What a store promises of a change that it has confirmed. */
export type Durability =
  /** Nothing: it is gone when the process ends. */
  | 'memory'
  /** It is on disk within a second. */
  | 'relaxed'
  /** It is on disk. */
  | 'commit'
  /** A node of Redis has it: it is lost when that node is, before another has a copy. */
  | 'master'
  /** A node of Redis and a replica have it. */
  | 'replica';

/** How a store that keeps data on disk is doing. Times are Unix times in milliseconds. */
export interface JournalFigures {
  /** End of the last sync that succeeded; undefined before the first. */
  readonly lastSyncAtMs: number | undefined;
  /** Syncs that succeeded since the journal was opened, and the time that they took together. */
  readonly syncs: number;
  readonly syncMs: number;
  /** Bytes of changes that are not known to be on disk. */
  readonly unsyncedBytes: number;
  /** Bytes of the journal since the last snapshot. */
  readonly journalBytes: number;
  /** Undefined: there is none yet. */
  readonly lastSnapshotAtMs: number | undefined;
}

/** Whether data is safe, and whether it can be changed now. */
export interface StoreStatus {
  readonly durability: Durability;
  /**
   * `loading` until `open` has settled. `refusing`: reads continue, and what changes data is refused with
   * `StoreUnavailable` until the cause is gone.
   */
  readonly state: 'loading' | 'ready' | 'refusing';
  /** Why it refuses, in one line for people; only while it does. */
  readonly reason: string | undefined;
  /** Where Redis is, as `HOST:PORT`; absent: sessions are not in Redis. */
  readonly redis?: readonly string[] | undefined;
  /** Absent: nothing is kept on disk. */
  readonly journal: JournalFigures | undefined;
  /** Memory of past changes, for timelines; absent: the store remembers none. */
  readonly historyBytes?: number | undefined;
}
