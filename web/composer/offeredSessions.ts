import { sessionOfVariable } from '../connection/page/variableName.ts';
import type { LiveSession } from './liveSources.ts';

/**
 * The one session that a variable without a value must mean: the only one of its name, or the only
 * one of all where no name is known.
 * @param lastSession Name of the session that `{{tkn}}` stood for before the page was reloaded.
 */
export function likelySession(
  variable: string,
  sessions: readonly LiveSession[],
  lastSession: string | undefined,
): LiveSession | undefined {
  const name = sessionOfVariable(variable) ?? (variable === 'tkn' ? lastSession : undefined);
  const [session, another] =
    name === undefined ? sessions : sessions.filter((each) => each.name === name);
  return another ? undefined : session;
}

/** Most sessions that are offered for a variable. */
const maxOffered = 5;

/**
 * The sessions whose token a variable may be meant to hold: those of its name first, then the
 * newest.
 * @param sessions In the order of their creation.
 */
export function offeredSessions(
  variable: string,
  sessions: readonly LiveSession[],
): readonly LiveSession[] {
  const name = sessionOfVariable(variable);
  const newest = sessions.toReversed();
  const named = newest.filter((session) => session.name === name);
  const others = newest.filter((session) => session.name !== name);
  return [...named, ...others].slice(0, maxOffered);
}
