import { hideTokens } from '../connection/hideTokens.ts';
import { isTokenVariable } from '../connection/variableName.ts';
import type { Variables } from '../connection/variables.ts';

/** Tokens of the server are 64-bit numbers, hardly one of which has fewer digits. */
const tokenLike = /\d{12,}/;

/** A string of digits as long as a token: in a list of tokens, say. */
const tokenString = /"\d{17,20}"/g;

/** A message that can leave this page: variables stand in the place of tokens. */
export function withoutTokens(text: string, variables: Variables): string {
  let hidden = hideTokens(text, variables);
  for (const [name, value] of variables) {
    if (isTokenVariable(name) && value !== '') hidden = hidden.replaceAll(value, `{{${name}}}`);
  }
  return hidden.replace(tokenString, '"{{tkn}}"');
}

/** Whether a variable is a token or holds one, as far as its name and value tell. */
export function isSecret(name: string, value: string, variables: Variables): boolean {
  return isTokenVariable(name) || holdsToken(value, variables);
}

/** Whether a text holds a known token or what looks like one. */
export function holdsToken(text: string, variables: Variables): boolean {
  if (tokenLike.test(text)) return true;
  return [...variables].some(
    ([name, value]) => isTokenVariable(name) && value !== '' && text.includes(value),
  );
}

/** An address without user name, password, and parameters that hold a token. */
export function urlWithoutSecrets(url: string, variables: Variables): string {
  if (!URL.canParse(url)) return holdsToken(url, variables) ? '' : url;
  const address = new URL(url);
  const named = [...address.searchParams].filter(([, value]) => holdsToken(value, variables));
  const hasUser = address.username !== '' || address.password !== '';
  // Written by a person: it stays character for character where there is nothing to take out.
  if (!hasUser && named.length === 0) return url;
  address.username = '';
  address.password = '';
  for (const [name] of named) address.searchParams.delete(name);
  return address.href;
}
