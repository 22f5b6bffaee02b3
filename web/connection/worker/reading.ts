import { commandOf } from '../../../protocol/wire/replyName.ts';
import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import { kindOf, membersOf, stringOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { statusesOf } from '../../../protocol/wire/reply.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Reading, SessionUpdate } from '../socketPort.ts';

const nothing: Reading = { name: '', statuses: [], session: undefined };

/** Parses a message once, where its socket lives, for all that the console has to know of it. */
export function readingOf(text: string): Reading {
  const message = readMessage(text);
  if (!message) return nothing;
  const { name } = message;
  // In a flood each look at the members counts: they are read once for all questions.
  const members = kindOf(message.body) === 'object' ? membersOf(message.body) : noMembers;
  const statuses = statusesOf(message, members);
  return { name, statuses, session: sessionUpdateOf(name, members, statuses) };
}

type Members = ReadonlyMap<string, JsonText>;
const noMembers: Members = new Map();

/** What a reply says of a session; undefined when it names no token. */
function sessionUpdateOf(
  replyName: string,
  members: Members,
  statuses: readonly StatusName[],
): SessionUpdate | undefined {
  if (commandOf(replyName) === undefined) return undefined;
  const token = textOf(members.get('tkn'));
  if (token === undefined) return undefined;
  const isGone = replyName === 'SH_END_RSP' || statuses.includes('SessionNotExist');
  const isEntered = replyName === 'SH_NEW_RSP' || replyName === 'SH_OPEN_RSP';
  return { token, name: textOf(members.get('name')), isGone, isEntered };
}

function textOf(json: JsonText | undefined): string | undefined {
  return json !== undefined && kindOf(json) === 'string' ? stringOf(json) : undefined;
}
