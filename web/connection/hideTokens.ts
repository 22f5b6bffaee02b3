import type { Variables } from './variables.ts';

const literalToken = /("tkn"\s*:\s*)("(?!\{\{)(?:[^"\\]|\\.)*"|\d+)/g;

/**
 * Puts variables in the place of tokens, so that a text can be kept or shown around: the known
 * tokens by their name, any other value of a `tkn` as `{{tkn}}`.
 */
export function hideTokens(text: string, variables: Variables): string {
  let hidden = text;
  for (const [name, value] of variables) hidden = hidden.replaceAll(`"${value}"`, `"{{${name}}}"`);
  return hidden.replace(literalToken, '$1"{{tkn}}"');
}
