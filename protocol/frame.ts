import { catalog, isCommandName, type CommandName } from './catalog.ts';
import { kindOf, membersOf, quote, type JsonText } from './json/jsonText.ts';
import { readJson } from './json/readJson.ts';
import { token as tokenCodec } from './codec.ts';
import { ok, refused, type Result } from './result.ts';
import { statusCode, type StatusName } from './status.ts';
import type { Token } from './token.ts';

/** A well-formed request: a known command and an object for its body. */
export interface RequestFrame {
  readonly name: CommandName;
  /** An object text. */
  readonly body: JsonText;
}

/** Why a command was refused. */
export interface Refusal {
  readonly status: StatusName;
  /** Name of the parameter to blame, or "". */
  readonly blamed: string;
  /** Echoed with status 100 (decision D9); absent: the reply carries null. */
  readonly token?: Token;
}

/** A refusal of the envelope: the reply's name (`ERR` or `<NAME>_RSP`) and its status. */
export interface FrameRefusal {
  readonly replyName: string;
  readonly status: StatusName;
}

/**
 * Text of a message → request, by the checks 2 to 6 of the envelope in their order.
 * The only place that parses wire text on the server.
 */
export function readRequest(text: string): Result<RequestFrame, FrameRefusal> {
  const json = readJson(text);
  if (!json.ok) return refused({ replyName: 'ERR', status: 'JsonInvalid' });
  if (kindOf(json.value) !== 'object') return refusedSyntax;
  const members = membersOf(json.value);
  const [first] = members;
  if (!first) return refusedSyntax;
  if (members.size > 1) return refused({ replyName: 'ERR', status: 'CommandMultiple' });
  const [name, body] = first;
  const replyName = replyNameOf(name);
  if (!isCommandName(name)) return refused({ replyName, status: 'CommandNotExist' });
  if (kindOf(body) !== 'object') return refused({ replyName, status: 'CommandType' });
  return ok({ name, body });
}

const refusedSyntax = refused({ replyName: 'ERR', status: 'CommandSyntax' } as const);

/** Name of the reply to a command. */
export function replyNameOf(commandName: string): string {
  return `${commandName}_RSP`;
}

/** Writes a successful reply. */
export function writeReply(name: CommandName, reply: unknown): string {
  return `{"${replyNameOf(name)}":${catalog[name].reply.write(reply)}}`;
}

/** Writes the refusal of a command: status, token or null, and the parameter to blame. */
export function writeRefusal(replyName: string, { status, blamed, token }: Refusal): string {
  const tkn = token === undefined ? 'null' : tokenCodec.write(token);
  return `{${quote(replyName)}:{"st":${statusCode(status)},"tkn":${tkn},"m":${quote(blamed)}}}`;
}

/** Writes the refusal of an envelope. `ERR` replies have no token. */
export function writeFrameRefusal({ replyName, status }: FrameRefusal): string {
  if (replyName === 'ERR') return `{"ERR":{"st":${statusCode(status)},"m":""}}`;
  return writeRefusal(replyName, { status, blamed: '' });
}
