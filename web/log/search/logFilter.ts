import { isTrouble } from '../../connection/page/connectionEvent.ts';
import { isSuccess } from '../../../protocol/status.ts';
import type { Entry } from '../../connection/page/exchange.ts';

/** Choices of *Show*, in the order of the list. */
export const showChoices = ['all', 'sent', 'received', 'failures', 'connection'] as const;

/** Which kinds of entries the log shows. */
export type Show = (typeof showChoices)[number];

/** What entries can be filtered by, beside their kind. */
export type FacetKind = 'command' | 'session' | 'status';

/** One value that the log is filtered by. */
export interface Facet {
  readonly kind: FacetKind;
  /** Command name without `_RSP` (of a foreign frame what it is called), token, or status name. */
  readonly value: string;
  /** What it is called on screen: a session never by its token. */
  readonly label: string;
}

/** What is looked for in the payloads. */
export interface Search {
  /** Empty: no search. */
  readonly text: string;
  readonly isRegExp: boolean;
  readonly isCaseSensitive: boolean;
}

/** Which entries the log shows. */
export interface LogFilter {
  readonly show: Show;
  /** An entry must match one value of every kind that is in the list. */
  readonly facets: readonly Facet[];
  readonly search: Search;
}

/** It shows everything. */
export const noFilter: LogFilter = {
  show: 'all',
  facets: [],
  search: { text: '', isRegExp: false, isCaseSensitive: false },
};

/** A refused or unanswered message, or trouble with the connection. */
export function isFailure(entry: Entry): boolean {
  switch (entry.kind) {
    case 'sent':
      return entry.outcome.state === 'lost';
    case 'received':
      return entry.statuses.some((status) => !isSuccess(status));
    case 'connection':
      return isTrouble(entry.event);
  }
}
