import { isTrouble } from '../../connection/page/connectionEvent.ts';
import { commandOf } from '../../../protocol/wire/replyName.ts';
import { isSuccess, type StatusName } from '../../../protocol/status.ts';
import type { Entry } from '../../connection/page/exchange.ts';
import { nameOf } from '../../connection/texts/frameName.ts';
import { tokenOf } from './tokenOf.ts';

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

/** Whether an entry passes everything but the search. */
export function passes(entry: Entry, { show, facets }: LogFilter): boolean {
  if (!isShown(entry, show)) return false;
  if (facets.length === 0) return true;
  return facetKinds.every((kind) => {
    const wanted = facets.filter((facet) => facet.kind === kind);
    return wanted.length === 0 || wanted.some(({ value }) => hasFacet(entry, kind, value));
  });
}

const facetKinds: readonly FacetKind[] = ['command', 'session', 'status'];

function hasFacet(entry: Entry, kind: FacetKind, value: string): boolean {
  switch (kind) {
    case 'command':
      return commandOfEntry(entry) === value;
    case 'session':
      return tokenOf(entry) === value;
    case 'status':
      return statusesIn(entry).some((status) => status === value);
  }
}

/** The command that a message is or answers; of other frames what they are called. */
export function commandOfEntry(entry: Entry): string | undefined {
  if (entry.kind === 'connection') return undefined;
  const name = nameOf(entry);
  return commandOf(name) ?? name;
}

/** The statuses of a reply; none for other entries. */
export function statusesIn(entry: Entry): readonly StatusName[] {
  return entry.kind === 'received' ? entry.statuses : [];
}

function isShown(entry: Entry, show: Show): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'sent':
    case 'received':
    case 'connection':
      return entry.kind === show;
    case 'failures':
      return isFailure(entry);
  }
}

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
