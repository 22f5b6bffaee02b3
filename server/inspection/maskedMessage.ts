import {
  asJsonText,
  elementsOf,
  kindOf,
  membersOf,
  plainTextOf,
  quote,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { maskToken } from '../../protocol/token.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';

/** A longer text is shown by its beginning. */
export const maxShownLength = 2_000;

/** Of a longer one not even that: reading it would take too long. */
const maxReadLength = 20_000;

/** Members of requests and replies that are tokens, or lists of them. */
const tokenMembers: ReadonlySet<string> = new Set(['tkn', 'tkns', 'exist']);

/**
 * A message with its tokens masked, cut short; undefined for what is too long or no message.
 * @param maxLength Where there is more room than usual.
 */
export function maskedMessage(text: string, maxLength = maxShownLength): string | undefined {
  if (text.length > Math.max(maxReadLength, maxLength)) return undefined;
  const message = readMessage(text);
  if (!message || kindOf(message.body) !== 'object') return undefined;
  const members = [...membersOf(message.body)].map(
    ([name, value]) => `${quote(name)}:${tokenMembers.has(name) ? maskedToken(value) : value}`,
  );
  return `{${quote(message.name)}:{${members.join(',')}}}`.slice(0, maxLength);
}

/** A token, or a list of them, masked. */
export function maskedToken(value: JsonText): JsonText {
  switch (kindOf(value)) {
    case 'array':
      return asJsonText(`[${elementsOf(value).map(maskedToken).join(',')}]`);
    case 'string':
    case 'number':
      return quote(maskToken(plainTextOf(value)));
    case 'null':
      return value;
    case 'object':
    case 'boolean':
      return quote(maskToken(''));
  }
}
