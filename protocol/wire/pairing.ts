import { catalog, isCommandName, type CommandName } from '../commands/catalog.ts';
import { readParams } from '../commands/defineCommand.ts';
import type { ParamFault } from '../codec/params.ts';
import { readRequest } from './request.ts';
import { replyNameOf } from './replyName.ts';
import { type NamedMessage } from './namedMessage.ts';
import { jsonNull, membersOf, stringOf, kindOf, type JsonText } from '../json/jsonText.ts';
import { statusCode, statusName } from '../status.ts';

/** What a client may wait for after sending a text. */
export interface ReplyExpectation {
  /** `SH_NEW_RSP`, or `ERR` for text that is no command. */
  readonly replyName: string;
  /** A quiet command: no reply means success. */
  readonly isQuiet: boolean;
}

/**
 * Which reply a sent message gets, by the catalog.
 * @param request Undefined for text that is no message.
 */
export function expectedReply(request: NamedMessage | undefined): ReplyExpectation {
  if (!request) return { replyName: 'ERR', isQuiet: false };
  const { name, body } = request;
  const isQuiet = isCommandName(name) && kindOf(body) === 'object' && catalog[name].isQuiet;
  return { replyName: replyNameOf(name), isQuiet: isQuiet ?? false };
}

/**
 * Whether a reply can be the answer to a *quiet* request. Replies keep the order of requests, but
 * silence leaves gaps, so the reply's content decides which of several requests it answers.
 */
export function canAnswer(requestText: string, reply: NamedMessage): boolean {
  const request = readRequest(requestText);
  if (!request.ok || replyNameOf(request.value.name) !== reply.name) return false;
  const { name, body } = request.value;
  if (kindOf(reply.body) !== 'object') return false;
  const answer = membersOf(reply.body);
  const params = readParams(catalog[name], body);
  if (!params.ok) return isRefusal(answer, params.refusal);
  const token = params.value['tkn'];
  const answeredToken = answer.get('tkn');
  if (answeredToken === jsonNull) return isRefusedLater(name, answer);
  if (answeredToken === undefined || kindOf(answeredToken) !== 'string') return false;
  if (stringOf(answeredToken) !== token) return false;
  return keysWereAsked(answer.get('keys'), params.value['keys']);
}

/**
 * Whether a reply without a token refuses a well-formed request: the store cannot carry it out, or a bug
 * cut it short (decision D49). Which of several requests it was, nobody can tell.
 */
function isRefusedLater(name: CommandName, answer: Map<string, JsonText>): boolean {
  const status = statusName(Number(answer.get('st')));
  return status !== undefined && !catalog[name].statuses.includes(status);
}

function isRefusal(answer: Map<string, JsonText>, fault: ParamFault): boolean {
  const param = answer.get('m');
  const isSameParam = param !== undefined && stringOf(param) === fault.param;
  return answer.get('st') === String(statusCode(fault.status)) && isSameParam;
}

function keysWereAsked(answered: JsonText | undefined, asked: unknown): boolean {
  if (answered === undefined) return true;
  if (kindOf(answered) !== 'object' || !(asked instanceof Map)) return false;
  return [...membersOf(answered).keys()].every((key) => asked.has(key));
}
