import { isCommandName, type CommandName } from '../commands/catalog.ts';
import { kindOf, membersOf, type JsonText } from '../json/jsonText.ts';
import type { LongJson } from '../json/longJson.ts';
import { readJson, readObjectInSteps } from '../json/readJson.ts';
import { ok, refused, type Result } from '../result.ts';
import type { Steps } from '../steps.ts';
import type { FrameRefusal } from './reply.ts';
import { replyNameOf } from './replyName.ts';

/** A well-formed request: a known command and an object for its body. */
export interface RequestFrame {
  readonly name: CommandName;
  /** An object text. */
  readonly body: JsonText;
}

/** A request that was read in steps. */
export interface LongRequest {
  readonly name: CommandName;
  /** An object. */
  readonly body: LongJson;
}

/**
 * Text of a message → request, by the checks 2 to 6 of the envelope in their order.
 * The only place that parses wire text on the server.
 */
export function readRequest(text: string): Result<RequestFrame, FrameRefusal> {
  const json = readJson(text);
  if (!json.ok) return refusedJson;
  if (kindOf(json.value) !== 'object') return refusedSyntax;
  return requestOf(membersOf(json.value));
}

/** As {@link readRequest}, for a long text. */
export function* readRequestInSteps(text: string): Steps<Result<LongRequest, FrameRefusal>> {
  const read = yield* readObjectInSteps(text);
  if (!read.ok) return refusedJson;
  const { value: whole } = read;
  if (!whole) return refusedSyntax;
  const request = requestOf(yield* whole.members());
  if (!request.ok) return request;
  const { name, body } = request.value;
  return ok({ name, body: whole.member(name, body) });
}

function requestOf(members: ReadonlyMap<string, JsonText>): Result<RequestFrame, FrameRefusal> {
  const [first] = members;
  if (!first) return refusedSyntax;
  if (members.size > 1) return refused({ replyName: 'ERR', status: 'CommandMultiple' });
  const [name, body] = first;
  const replyName = replyNameOf(name);
  if (!isCommandName(name)) return refused({ replyName, status: 'CommandNotExist' });
  if (kindOf(body) !== 'object') return refused({ replyName, status: 'CommandType' });
  return ok({ name, body });
}

const refusedJson = refused({ replyName: 'ERR', status: 'JsonInvalid' } as const);
const refusedSyntax = refused({ replyName: 'ERR', status: 'CommandSyntax' } as const);
