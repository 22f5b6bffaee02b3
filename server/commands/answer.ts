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
import type { Eventually } from '../eventually.ts';
import { limitReached } from '../store/refusals.ts';
import { ReplyWriter, type Reply } from './writeReply.ts';

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

/** Answers to one command. */
export class Answers {
  readonly #command: CommandName;
  readonly #writer: ReplyWriter;
  readonly #maxLength: number;
  /** Whether replies have an `st`. */
  readonly #hasStatus: boolean;

  /** @param maxReplyLength See {@link DispatchOptions}. */
  constructor(command: CommandName, maxReplyLength: number) {
    this.#command = command;
    this.#writer = new ReplyWriter(command);
    // What changes data is refused before it does.
    this.#maxLength = catalog[command].isMutating ? Infinity : maxReplyLength;
    const { members = [] } = catalog[command].reply;
    this.#hasStatus = members.some(({ name }) => name === 'st');
  }

  refused(refusal: Refusal): Answer {
    return refusedCommand(this.#command, refusal);
  }

  to(result: Result<unknown, Refusal>): Eventually<Answer> {
    if (!result.ok) return this.refused(result.refusal);
    const { value } = result;
    if (value === null) return { command: this.#command, status: okCode, reply: null };
    const reply = value as Reply; // As the catalog writes it.
    const status = this.#statusOf(reply);
    const text = this.#writer.write(reply, this.#maxLength);
    if (text instanceof Promise) return text.then((late) => this.#written(late, status));
    return this.#written(text, status);
  }

  /** How many tokens of a request named no session. */
  missesIn(params: Readonly<Record<string, unknown>>, result: Result<unknown, Refusal>): number {
    if (!result.ok) return result.refusal.status === 'SessionNotExist' ? 1 : 0;
    if (!this.#hasStatus) return 0;
    // SH_INFO and SH_END have replies of their own for it.
    const reply = result.value as Reply | null; // As the catalog writes it.
    if (reply && this.#statusOf(reply) === noSessionCode) return 1;
    if (this.#command !== 'SH_EXISTS') return 0;
    // As the catalog reads and writes them.
    const { tkns } = params as ParamsOf<'SH_EXISTS'>;
    return tkns.length - (result.value as ReplyOf<'SH_EXISTS'>).exist.length;
  }

  #statusOf(reply: Reply): number {
    const st = this.#hasStatus ? reply['st'] : undefined;
    return typeof st === 'number' ? st : okCode;
  }

  /** @param reply Undefined: it is too long. */
  #written(reply: string | undefined, status: number): Answer {
    if (reply === undefined) return this.refused(limitReached('max-reply').refusal);
    return { command: this.#command, status, reply };
  }
}

export function commandNamed(name: string | undefined): CommandName | undefined {
  return name !== undefined && isCommandName(name) ? name : undefined;
}
