import { token as tokenCodec, unsigned, type Codec } from '../codec/codec.ts';
import type { KeyStatuses } from '../codec/keyStatuses.ts';
import { catalog, isCommandName, type CommandName } from '../commands/catalog.ts';
import { kindOf, membersOf, quote, type JsonText } from '../json/jsonText.ts';
import { statusCode, statusName, type StatusName } from '../status.ts';
import type { Token } from '../token.ts';
import type { NamedMessage } from './namedMessage.ts';
import { commandOf, replyNameOf } from './replyName.ts';

/** Why a command was refused. */
export interface Refusal {
  readonly status: StatusName;
  /** Name of the parameter at fault, or "". */
  readonly param: string;
  /** Echoed with status 100 (decision D9); absent: the reply carries null. */
  readonly token?: Token;
}

/** A refusal of the envelope: the reply's name (`ERR` or `<NAME>_RSP`) and its status. */
export interface FrameRefusal {
  readonly replyName: string;
  readonly status: StatusName;
}

/** Writes a successful reply. */
export function writeReply(name: CommandName, reply: unknown): string {
  return replyWriterOf(name)(reply);
}

/** Makes what writes successful replies to a command. */
export function replyWriterOf(name: CommandName): (reply: unknown) => string {
  const head = `{"${replyNameOf(name)}":`;
  const codec: Codec<unknown> = catalog[name].reply;
  return (reply) => `${head}${codec.write(reply)}}`;
}

/** Writes the refusal of a command: status, token or null, and the parameter at fault. */
export function writeRefusal(replyName: string, { status, param, token }: Refusal): string {
  const tkn = token === undefined ? 'null' : tokenCodec.write(token);
  return `{${quote(replyName)}:{"st":${statusCode(status)},"tkn":${tkn},"m":${quote(param)}}}`;
}

/** Writes the refusal of an envelope. `ERR` replies have no token. */
export function writeFrameRefusal({ replyName, status }: FrameRefusal): string {
  if (replyName === 'ERR') return `{"ERR":{"st":${statusCode(status)},"m":""}}`;
  return writeRefusal(replyName, { status, param: '' });
}

/**
 * The statuses in a reply, each once: its `st`, or those of its keys.
 * @param members Of the reply's body, for who has read them already.
 * @returns Empty when the reply has none (SH_INFO_ALL, KV_GET) or is not of this protocol.
 */
export function statusesOf(
  { name, body }: NamedMessage,
  members?: ReadonlyMap<string, JsonText>,
): StatusName[] {
  if (kindOf(body) !== 'object') return [];
  const st = (members ?? membersOf(body)).get('st');
  if (st !== undefined && unsigned.read(st) !== undefined) {
    const status = statusName(Number(st));
    if (status) return [status];
  }
  const command = commandOf(name);
  if (command === undefined || !isCommandName(command) || !catalog[command].hasKeyStatuses)
    return [];
  const reply = catalog[command].reply.read(body) as { keys: KeyStatuses } | undefined;
  return reply ? [...new Set(reply.keys.values())] : [];
}
