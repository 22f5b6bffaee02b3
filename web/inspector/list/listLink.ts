import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { firstSorting, isSortOrder } from './sorting.ts';

/** What a link to the inspector can say: each part may be missing. */
export interface InspectorLink {
  readonly query: Partial<SessionQuery>;
  /** Id of the session that is shown; it says nothing about its token. */
  readonly session: string | undefined;
}

/** Digits of which somebody might have made a token: they stay out of links. */
const maybeToken = /\d{9,}/;

/** Groups that a link opens at most: it should not get too long to be sent. */
const maxOpenInLink = 20;

/** The fragment of a link to a list and a session. The part of an address after `#` is never sent to a server. */
export function linkOf({ query, session }: InspectorLink): string {
  const { find = '', sort, descending, separator, prefix } = query;
  const isUsual = sort === undefined || sort === 'created';
  const isTurned = sort !== undefined && descending !== firstSorting(sort).descending;
  const parts = {
    session,
    find: maybeToken.test(find) ? undefined : find,
    sort: isUsual && !isTurned ? undefined : sort,
    order: isTurned ? (descending === true ? 'descending' : 'ascending') : undefined,
    group: separator,
    prefix,
  };
  const filled = Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part]] : []));
  filled.push(...openGroupsOf(query).map((group) => ['open', group]));
  return filled.length === 0 ? '' : `#${new URLSearchParams(filled).toString()}`;
}

function openGroupsOf({ open = [] }: InspectorLink['query']): readonly string[] {
  return open.filter((group) => !maybeToken.test(group)).slice(0, maxOpenInLink);
}

/** @returns What the fragment asks for; parts that it does not name, or that are none, are missing. */
export function readInspectorLink(fragment: string): InspectorLink {
  const parts = new URLSearchParams(fragment.slice(1));
  const sort = parts.get('sort') ?? 'created';
  const order = parts.get('order');
  const sorting = firstSorting(isSortOrder(sort) ? sort : 'created');
  return {
    query: {
      ...sorting,
      ...(order !== null && { descending: order === 'descending' }),
      find: parts.get('find') ?? '',
      separator: parts.get('group') || undefined,
      prefix: parts.get('prefix') || undefined,
      open: parts.has('open') ? parts.getAll('open').slice(0, maxOpenInLink) : undefined,
    },
    session: parts.get('session') ?? undefined,
  };
}
