import type { SessionNews } from './socketPort.ts';
import { isTokenVariable, variableOfSession } from './variableName.ts';

/** Values by name, such as `tkn` and `tkn:user1`. Kept in memory only. */
export type Variables = ReadonlyMap<string, string>;

/** Most variables kept: sessions come and go, and each may leave one. */
export const maxVariables = 1_000;

/**
 * What a reply teaches: any session's token becomes `tkn`, and `tkn:NAME` where the reply names the
 * session. An ended session's token is forgotten everywhere.
 * @returns The same map when there is nothing to learn.
 */
export function learn(variables: Variables, news: SessionNews | undefined): Variables {
  if (!news) return variables;
  const { token, name, isGone } = news;
  if (isGone) return forget(variables, token);
  const key = name === undefined ? undefined : variableOfSession(name);
  const isKnown = variables.get('tkn') === token;
  if (isKnown && (key === undefined || variables.get(key) === token)) return variables;
  const learned = new Map(variables).set('tkn', token);
  if (key === undefined) return learned;
  // Taken out first, so that the newest stand last and the oldest are the ones to go.
  learned.delete(key);
  learned.set(key, token);
  return learned.size > maxVariables ? withoutOldest(learned) : learned;
}

function forget(variables: Variables, token: string): Variables {
  const rest = [...variables].filter(([, value]) => value !== token);
  return rest.length === variables.size ? variables : new Map(rest);
}

function withoutOldest(variables: Map<string, string>): Variables {
  const oldest = [...variables.keys()].find((name) => name !== 'tkn' && isTokenVariable(name));
  if (oldest !== undefined) variables.delete(oldest);
  return variables;
}
