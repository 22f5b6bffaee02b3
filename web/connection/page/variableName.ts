/**
 * How the name of a session becomes the name of its variable: `tkn:` and the name itself. What
 * cannot stand in `{{…}}` inside a JSON string is written as `%` and the hexadecimal digits of its
 * UTF-8 bytes, as in addresses: braces, quotes, backslashes, control characters, white space at the
 * ends, a `%` that could be taken for such a spelling, and the space of ` ··1234` at the end, which
 * distinguishes two sessions of one name. No two names are spelled alike.
 */
const prefix = 'tkn:';
const unwritable = /[{}"\\\p{Cc}\u2028\u2029]|^\s+|\s+$|%(?=[0-9A-Fa-f]{2})| (?=··\S{0,4}$)/gu;
const spelled = /(?:%[0-9A-F]{2})+/g;

/** The variable that holds the token of the session of this name. */
export function variableOfSession(sessionName: string): string {
  return prefix + sessionName.replace(unwritable, (found) => encodeURIComponent(found));
}

/** The session's name that a variable was named after; undefined when it was none. */
export function sessionOfVariable(variable: string): string | undefined {
  if (!variable.startsWith(prefix)) return undefined;
  return variable.slice(prefix.length).replace(spelled, (found) => decodedOr(found));
}

/** The name of the session whose token this is, as far as the variables show. */
export function sessionOfToken(
  token: string,
  variables: ReadonlyMap<string, string>,
): string | undefined {
  for (const [variable, value] of variables) {
    const name = value === token ? sessionOfVariable(variable) : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

const hiddenStart = 'token ··';

/** The variable that stands in the place of a token that is not stored. */
export function hiddenVariable(maskedToken: string, id: string): string {
  return `token ${maskedToken} ${id}`;
}

/** Whether a variable was put in the place of a token that is not stored. */
export function isHiddenVariable(name: string): boolean {
  return name.startsWith(hiddenStart);
}

/** Whether replies give the variable its value: those of `tkn` and `tkn:NAME`. */
export function isLearnable(name: string): boolean {
  return name === 'tkn' || name.startsWith(prefix);
}

/** Whether a variable holds the token of a session. */
export function isTokenVariable(name: string): boolean {
  return isLearnable(name) || isHiddenVariable(name);
}

/** A name that a person made up may look like a spelling and be none. */
function decodedOr(found: string): string {
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}
