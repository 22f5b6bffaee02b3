import {
  catalog,
  isCommandName,
  type CommandName,
  type ParamsOf,
  type ReplyOf,
} from '../../protocol/commands/catalog.ts';
import type { Result } from '../../protocol/result.ts';
import { statusCode } from '../../protocol/status.ts';
import {
  writeFrameRefusal,
  writeRefusal,
  type FrameRefusal,
  type Refusal,
} from '../../protocol/wire/reply.ts';
import { commandOf, replyNameOf } from '../../protocol/wire/replyName.ts';
import { mapEventually, type Eventually } from '../eventually.ts';
import { limitReached } from '../store/refusals.ts';
import { writeReply, type Reply } from './writeReply.ts';

const okCode = statusCode('Ok');
const noSessionCode = statusCode('SessionNotExist');

/** What became of a message. */
export interface Answer {
  readonly command: CommandName | undefined;
  /** As a recorder takes it. */
  readonly status: number;
  readonly reply: string | null;
}

export function refusedFrame(refusal: FrameRefusal): Answer {
  return {
    command: commandNamed(commandOf(refusal.replyName)),
    status: statusCode(refusal.status),
    reply: writeFrameRefusal(refusal),
  };
}

export function refusedCommand(command: CommandName, refusal: Refusal): Answer {
  const reply = writeRefusal(replyNameOf(command), refusal);
  return { command, status: statusCode(refusal.status), reply };
}

export function answerTo(
  command: CommandName,
  result: Result<unknown, Refusal>,
  maxReplyLength: number,
): Eventually<Answer> {
  if (!result.ok) return refusedCommand(command, result.refusal);
  const { value } = result;
  if (value === null) return { command, status: okCode, reply: null };
  // What changes data is refused before it does.
  const maxLength = catalog[command].isMutating ? Infinity : maxReplyLength;
  const { st = okCode } = value as { readonly st?: number }; // As the catalog writes it.
  return mapEventually(writeReply(command, value as Reply, maxLength), (reply) =>
    reply === undefined
      ? refusedCommand(command, limitReached('max-reply').refusal)
      : { command, status: st, reply },
  );
}

/** How many tokens of a request named no session. */
export function missesOf(
  command: CommandName,
  params: Record<string, unknown>,
  result: Result<unknown, Refusal>,
): number {
  if (!result.ok) return result.refusal.status === 'SessionNotExist' ? 1 : 0;
  // SH_INFO and SH_END have replies of their own for it.
  const { st } = (result.value ?? {}) as { readonly st?: number };
  if (st === noSessionCode) return 1;
  if (command !== 'SH_EXISTS') return 0;
  // As the catalog reads and writes them.
  const { tkns } = params as ParamsOf<'SH_EXISTS'>;
  return tkns.length - (result.value as ReplyOf<'SH_EXISTS'>).exist.length;
}

export function commandNamed(name: string | undefined): CommandName | undefined {
  return name !== undefined && isCommandName(name) ? name : undefined;
}
