import type { StatusName } from '../../../protocol/status.ts';
import { commandOf } from '../../../protocol/wire/replyName.ts';
import type { Entry } from '../../connection/page/exchange.ts';
import { nameOf } from '../../connection/texts/frameName.ts';
import { isFailure, type FacetKind, type LogFilter, type Show } from './logFilter.ts';
import { tokenOf } from './tokenOf.ts';

/** Whether a row passes everything but the search: each filter may hold for either of its messages. */
export function passes(
  { show, facets }: LogFilter,
  entry: Entry,
  reply: Entry | undefined,
): boolean {
  // Who wants sent or received messages only means what the row begins with.
  const isFailed = show === 'failures' && reply !== undefined && isFailure(reply);
  if (!isShown(entry, show) && !isFailed) return false;
  if (facets.length === 0) return true;
  return facetKinds.every((kind) => {
    const wanted = facets.filter((facet) => facet.kind === kind);
    const isIn = (each: Entry) => wanted.some(({ value }) => hasFacet(each, kind, value));
    return wanted.length === 0 || isIn(entry) || (reply !== undefined && isIn(reply));
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
