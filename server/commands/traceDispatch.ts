import { createHash } from 'node:crypto';
import { catalog } from '../../protocol/commands/catalog.ts';
import { readRequest } from '../../protocol/wire/request.ts';
import { readMessage, type NamedMessage } from '../../protocol/wire/namedMessage.ts';
import { membersOf } from '../../protocol/json/jsonText.ts';
import { statusesOf } from '../../protocol/wire/reply.ts';
import { readToken } from '../../protocol/token.ts';
import type { Dispatch } from './dispatch.ts';
import type { Log } from '../log.ts';
import { mapEventually } from '../eventually.ts';

/**
 * Logs every message and its outcome, for `--log-level debug`: the command, a fingerprint of
 * its token and the statuses of its reply. Names that are no command, tokens and values stay out.
 */
export function traceDispatch(dispatch: Dispatch, log: Log): Dispatch {
  return (text, connection, doLong) =>
    mapEventually(dispatch(text, connection, doLong), (reply) => {
      log.debug(`${wordsOfRequest(text)} → ${reply === null ? 'silence' : wordsOfReply(reply)}`);
      return reply;
    });
}

function wordsOfRequest(text: string | null): string {
  if (text === null) return 'binary';
  const request = readRequest(text);
  if (!request.ok) return 'no command';
  const { name, body } = request.value;
  const token = 'tkn' in catalog[name].params && readToken(membersOf(body).get('tkn'));
  return token ? `${name} #${fingerprint(token)}` : name;
}

function wordsOfReply(reply: string): string {
  const message = readMessage(reply);
  const statuses = message ? statusesOf(message) : [];
  return statuses.length === 0 ? 'answered' : `${statuses.join(', ')}${newToken(message)}`;
}

/** SH_NEW and SH_OPEN: the token is in the reply. */
function newToken(message: NamedMessage | undefined): string {
  if (message?.name !== 'SH_NEW_RSP' && message?.name !== 'SH_OPEN_RSP') return '';
  const token = readToken(membersOf(message.body).get('tkn'));
  return token ? ` #${fingerprint(token)}` : '';
}

/** Distinguishes sessions in a log without revealing a token. */
function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 6);
}
