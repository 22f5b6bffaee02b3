import type { SessionUpdate } from '../socketPort.ts';
import { isLearnable, variableOfSession } from './variableName.ts';

/** Values by name, such as `tkn` and `tkn:user1`. Kept in memory only. */
export type Variables = ReadonlyMap<string, string>;

/** Most variables kept: sessions come and go, and each may leave one. */
export const maxVariables = 1_000;

/** The variables that a reply about a session gives a value to; none when the session is gone. */
export function taughtBy({ name, isGone, isEntered }: SessionUpdate): readonly string[] {
  if (isGone) return [];
  const named = name === undefined ? [] : [variableOfSession(name)];
  return isEntered ? ['tkn', ...named] : named;
}

/**
 * What a reply teaches: `tkn:NAME` where it names the session, and `tkn` where it created or opened
 * the session. Reading another session moves `tkn` nowhere. An ended session's token is forgotten
 * everywhere.
 * @returns The same map when there is nothing to learn.
 */
export function learn(variables: Variables, session: SessionUpdate | undefined): Variables {
  if (!session) return variables;
  const { token } = session;
  if (session.isGone) return forget(variables, token);
  const names = taughtBy(session);
  if (names.every((name) => variables.get(name) === token)) return variables;
  const learned = new Map(variables);
  for (const name of names) {
    // Taken out first, so that the newest stand last and the oldest are the ones to go.
    if (name !== 'tkn') learned.delete(name);
    learned.set(name, token);
  }
  return learned.size > maxVariables ? withoutOldest(learned) : learned;
}

function forget(variables: Variables, token: string): Variables {
  const rest = [...variables].filter(([, value]) => value !== token);
  return rest.length === variables.size ? variables : new Map(rest);
}

function withoutOldest(variables: Map<string, string>): Variables {
  const oldest = [...variables.keys()].find((name) => name !== 'tkn' && isLearnable(name));
  if (oldest !== undefined) variables.delete(oldest);
  return variables;
}
