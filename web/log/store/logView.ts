import type { LogFilter } from '../search/logFilter.ts';
import { noFilter } from '../search/logFilter.ts';
import type { SearchFault } from '../search/searchPattern.ts';
import type { Announcement } from './announcer.ts';
import { noCounts, type LogCounts } from './entryStore.ts';
import type { RowKind } from './exchangePairs.ts';
import type { Flood } from './floodSampler.ts';

/** What React watches of a log; the entries themselves stay outside. */
export interface LogView {
  /** Counts up whenever what `MessageLog.visible` gives has changed. */
  readonly version: number;
  readonly filter: LogFilter;
  readonly rowKind: RowKind;
  /** Why the search does not work. */
  readonly searchFault: SearchFault | undefined;
  /** A search or filter is still at work. */
  readonly isSearching: boolean;
  readonly counts: LogCounts;
  /** Rows that the kept entries make. */
  readonly rows: number;
  /** Rows that pass the filter. */
  readonly shown: number;
  /** Id of the row with the newest reply to a request of ours, when replies come one by one. */
  readonly newestReplyId: number | undefined;
  /** How many arrived since the display was frozen; undefined when it is not. */
  readonly arrivedWhilePaused: number | undefined;
  /** Entries that `MessageLog.undoClear` would restore. */
  readonly cleared: number;
  /** The log was cleared, and not restored. */
  readonly wasCleared: boolean;
  readonly flood: Flood | undefined;
  /** The user asked to keep everything, however much arrives. */
  readonly keepsAll: boolean;
  /** What arrived, for a screen reader. */
  readonly announcement: Announcement | undefined;
}

/** Of a log without entries. */
export const emptyView: LogView = {
  version: 0,
  filter: noFilter,
  rowKind: 'message',
  searchFault: undefined,
  isSearching: false,
  counts: noCounts,
  rows: 0,
  shown: 0,
  newestReplyId: undefined,
  arrivedWhilePaused: undefined,
  cleared: 0,
  wasCleared: false,
  flood: undefined,
  keepsAll: false,
  announcement: undefined,
};
