import { readMessage, type NamedMessage } from '../../protocol/namedMessage.ts';
import { kindOf, membersOf, stringOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { statusesOf } from '../../protocol/replyStatus.ts';
import type { Reading, SessionNews } from './socketPort.ts';

const nothing: Reading = { name: '', statuses: [], session: undefined };

/** Parses a message once, where its socket lives, for all that the console has to know of it. */
export function readingOf(text: string): Reading {
  const message = readMessage(text);
  if (!message) return nothing;
  return { name: message.name, statuses: statusesOf(message), session: sessionNews(message) };
}

/** What a reply tells of a session; undefined when it names no token. */
function sessionNews(reply: NamedMessage): SessionNews | undefined {
  if (!reply.name.endsWith('_RSP') || kindOf(reply.body) !== 'object') return undefined;
  const members = membersOf(reply.body);
  const token = textOf(members.get('tkn'));
  if (token === undefined) return undefined;
  const isGone = reply.name === 'SH_END_RSP' || statusesOf(reply).includes('SessionNotExist');
  return { token, name: textOf(members.get('name')), isGone };
}

function textOf(json: JsonText | undefined): string | undefined {
  return json !== undefined && kindOf(json) === 'string' ? stringOf(json) : undefined;
}
