import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';

/** An address without user name, password, and parameters that hold a token. */
export function urlWithoutSecrets(url: string, hidden: HiddenTokens): string {
  if (!URL.canParse(url)) return hidden.holdsToken(url) ? '' : url;
  const address = new URL(url);
  const named = [...address.searchParams].filter(
    ([name, value]) => name === 'tkn' || hidden.holdsToken(name) || hidden.holdsToken(value),
  );
  const hasUser = address.username !== '' || address.password !== '';
  // Written by a person: it stays character for character where there is nothing to take out.
  if (!hasUser && named.length === 0) return hidden.holdsToken(url) ? address.origin : url;
  address.username = '';
  address.password = '';
  for (const [name] of named) address.searchParams.delete(name);
  return hidden.holdsToken(address.href) ? address.origin : address.href;
}
