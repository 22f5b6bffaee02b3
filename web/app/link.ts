import type { Variables } from '../connection/variables.ts';
import { showChoices, type Show } from '../log/logFilter.ts';
import { holdsToken, withoutTokens } from './secrets.ts';

/** What a link can say: each part may be missing. */
export interface LinkState {
  readonly message?: string | undefined;
  readonly show?: Show | undefined;
  readonly search?: string | undefined;
  readonly lesson?: string | undefined;
  readonly step?: string | undefined;
}

/** Most characters of a fragment that is made or read. */
export const maxLinkLength = 32_768;

/**
 * The fragment of a link to this state, with `#`. The part of an address after `#` is never sent to
 * a server; tokens do not get into it, variables stand in their place.
 * @returns undefined when it would be too long.
 */
export function linkTo(state: LinkState, variables: Variables): string | undefined {
  const parts = {
    message: withoutTokens(state.message?.trim() ?? '', variables),
    show: state.show === 'all' ? '' : state.show,
    search: holdsToken(state.search ?? '', variables) ? '' : state.search,
    lesson: state.lesson,
    step: state.lesson && state.step,
  };
  const filled = Object.entries(parts).flatMap(([name, part]) => (part ? [[name, part]] : []));
  const said = new URLSearchParams(filled);
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
    show: showChoices.find((choice) => choice === said.get('show')),
    search: part('search'),
    lesson: part('lesson'),
    step: part('step'),
  };
  return Object.values(state).some((each) => each !== undefined) ? state : undefined;
}
