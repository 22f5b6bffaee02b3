import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import { kindOf, membersOf, stringOf } from '../../../protocol/json/jsonText.ts';
import type { Entry } from '../../connection/page/exchange.ts';

const member = '"tkn"';
const tokenAfter = /"tkn"\s*:\s*"?(\d+)/y;

/**
 * Token of the session that a message is about. Nearly every message names "tkn" at most once and
 * needs no parsing, which keeps a log of a hundred thousand fast.
 */
export function tokenOf(entry: Entry): string | undefined {
  if (entry.kind === 'connection') return undefined;
  const { text } = entry;
  const at = text.indexOf(member);
  if (at < 0) return undefined;
  if (text.includes(member, at + member.length)) return parsedToken(text);
  tokenAfter.lastIndex = at;
  return tokenAfter.exec(text)?.[1];
}

/** A stored value may have a "tkn" too: the parameter is the one that counts. */
function parsedToken(text: string): string | undefined {
  const message = readMessage(text);
  if (!message || kindOf(message.body) !== 'object') return undefined;
  const token = membersOf(message.body).get('tkn');
  return token !== undefined && kindOf(token) === 'string' ? stringOf(token) : token;
}
