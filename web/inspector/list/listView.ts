import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { ListItem } from './listItems.ts';

type RowsEvent = Extract<InspectionEvent, { type: 'rows' }>;

/** The rows that are known, and how many there are. */
export interface LoadedRows {
  /** Position of the first of them in the list, counted from 0. */
  readonly from: number;
  readonly items: readonly ListItem[];
  /** Rows of the whole list, groups and sessions. */
  readonly length: number;
  /** Sessions that match. */
  readonly matching: number;
  /** Sessions of the server. */
  readonly all: number;
  /** Sessions whose content was searched so far; absent: none is being searched. */
  readonly looked?: number | undefined;
  /** Why the search ended before all sessions were searched. */
  readonly stopped?: RowsEvent['stopped'];
}

/** What stands in the search field, and where it is searched for. */
export interface Search {
  readonly text: string;
  readonly where: 'names' | 'content';
}

/** What the list of sessions shows. */
export interface ListView {
  readonly query: SessionQuery;
  readonly search: Search;
  /** Absent until the first come. They may be of the question before: see {@link isBusy}. */
  readonly loaded: LoadedRows | undefined;
  /** The rows of this query have not come yet. */
  readonly isBusy: boolean;
  /** The server refused the list for want of this right; null: for another reason. */
  readonly refused: Right | null | undefined;
  /** A search in keys and values was cancelled: all sessions are shown, and its text is still in the field. */
  readonly isCancelled: boolean;
  /** Sessions that have ended are shown in its place. */
  readonly areEndedShown: boolean;
  /** Positions of the first and the last row on screen. */
  readonly seen: readonly [first: number, last: number];
}

const firstQuery: SessionQuery = { sort: 'created', descending: true, find: '' };

/** Before anything was asked. */
export const firstView: ListView = {
  query: firstQuery,
  search: { text: '', where: 'names' },
  loaded: undefined,
  isBusy: true,
  refused: undefined,
  isCancelled: false,
  areEndedShown: false,
  seen: [0, 0],
};
