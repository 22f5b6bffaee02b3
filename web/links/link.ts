import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import type { Facet, LogFilter, Show } from '../log/search/logFilter.ts';

/** What a link can say: each part may be missing. */
export interface LinkState {
  readonly message?: string | undefined;
  /** Variables are off in the message. */
  readonly isLiteral?: boolean | undefined;
  /** Sessions are no part of it: they are named by their tokens. */
  readonly filter?: LogFilter | undefined;
  readonly lesson?: string | undefined;
  readonly step?: string | undefined;
}

/** Most characters of a fragment that is made or read. */
export const maxLinkLength = 32_768;

/**
 * The fragment of a link to this state, with `#`. The part of an address after `#` is never sent to
 * a server; no token gets into it: its place asks for one.
 * @returns undefined when it would be too long.
 */
export function linkTo(state: LinkState, hidden: HiddenTokens): string | undefined {
  const parts = {
    message: hidden.hide(state.message?.trim() ?? ''),
    variables: state.message && state.isLiteral ? 'off' : undefined,
    lesson: state.lesson,
    step: state.lesson && state.step,
  };
  const filled = Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part]] : []));
  const filter = state.filter ? filterParts(state.filter, hidden) : [];
  const said = new URLSearchParams([...filled, ...filter]);
  const link = `#${said.toString()}`;
  return link.length > maxLinkLength ? undefined : link;
}

/**
 * Reads the fragment of an address. Anybody may have written it: what is not understood counts as
 * missing, and nothing of it is more than text.
 * @returns undefined when nothing in it is for us.
 */
export function readLink(fragment: string): LinkState | undefined {
  if (fragment.length > maxLinkLength) return undefined;
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  const part = (name: string) => said.get(name) ?? undefined;
  const state: LinkState = {
    message: part('message'),
    isLiteral: part('variables') === 'off' || undefined,
    filter: readFilter(said),
    lesson: part('lesson'),
    step: part('step'),
  };
  return Object.values(state).some((each) => each !== undefined) ? state : undefined;
}

/** All of the log's choices: one that is missing here does not compile. */
const shows = Object.keys({
  all: true,
  sent: true,
  received: true,
  failures: true,
  connection: true,
} satisfies Record<Show, true>) as Show[];

/** Options of the search. */
const regExpMark = 'expression';
const caseMark = 'case';

function filterParts({ show, search, facets }: LogFilter, hidden: HiddenTokens): string[][] {
  const parts: string[][] = show === 'all' ? [] : [['show', show]];
  if (search.text !== '' && !hidden.holdsToken(search.text)) {
    parts.push(['search', search.text]);
    if (search.isRegExp) parts.push(['as', regExpMark]);
    if (search.isCaseSensitive) parts.push(['as', caseMark]);
  }
  for (const { kind, value } of facets) if (kind !== 'session') parts.push([kind, value]);
  return parts;
}

function readFilter(said: URLSearchParams): LogFilter | undefined {
  const show = shows.find((choice) => choice === said.get('show'));
  const text = said.get('search') ?? '';
  const marks = said.getAll('as');
  const facets = (['command', 'status'] as const).flatMap((kind) =>
    said.getAll(kind).map((value): Facet => ({ kind, value, label: value })),
  );
  if (show === undefined && text === '' && facets.length === 0) return undefined;
  const isRegExp = marks.includes(regExpMark);
  const isCaseSensitive = marks.includes(caseMark);
  return { show: show ?? 'all', facets, search: { text, isRegExp, isCaseSensitive } };
}
