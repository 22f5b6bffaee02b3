import { kindOf, membersOf, stringOf } from '../../protocol/json/jsonText.ts';
import type { NamedMessage } from '../../protocol/frame.ts';
import { statusesOf } from '../../protocol/replyStatus.ts';

/** Values by name, such as `tkn` and `tkn:user1`. Kept in memory only. */
export type Variables = ReadonlyMap<string, string>;

const placeholder = /\{\{([^{}]+)\}\}/g;

/** A text with its variables put in, and the names that have no value. */
export interface Substitution {
  readonly text: string;
  readonly unresolved: readonly string[];
}

/**
 * Puts values in for every `{{name}}`: a plain lookup, nothing is evaluated, and a value is not
 * looked into again. To send the braces themselves, write one as `\u007b`.
 */
export function substitute(text: string, variables: Variables): Substitution {
  const unresolved = new Set<string>();
  const filled = text.replace(placeholder, (whole, name: string) => {
    const value = variables.get(name.trim());
    if (value !== undefined) return value;
    unresolved.add(name.trim());
    return whole;
  });
  return { text: filled, unresolved: [...unresolved] };
}

/** Names of the variables that a text uses, each once. */
export function namesUsed(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((match) => (match[1] ?? '').trim()))];
}

/**
 * What a reply teaches: any session's token becomes `tkn`, and `tkn:NAME` where the reply names the
 * session. An ended session's token is forgotten everywhere.
 * @returns The same map when there is nothing to learn.
 */
export function learn(variables: Variables, reply: NamedMessage): Variables {
  if (!reply.name.endsWith('_RSP') || kindOf(reply.body) !== 'object') return variables;
  const members = membersOf(reply.body);
  const tkn = textOf(members.get('tkn'));
  if (tkn === undefined) return variables;
  const isGone = statusesOf(reply).includes('SessionNotExist');
  if (isGone || reply.name === 'SH_END_RSP') return forget(variables, tkn);
  const name = textOf(members.get('name'));
  const learned = new Map(variables).set('tkn', tkn);
  return name === undefined ? learned : learned.set(`tkn:${name}`, tkn);
}

function forget(variables: Variables, token: string): Variables {
  return new Map([...variables].filter(([, value]) => value !== token));
}

function textOf(json: Parameters<typeof kindOf>[0] | undefined): string | undefined {
  return json !== undefined && kindOf(json) === 'string' ? stringOf(json) : undefined;
}
