import { sessionOfVariable } from '../connection/page/variableName.ts';
import type { LiveSession } from './liveSources.ts';

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
