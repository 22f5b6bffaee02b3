import type { CommandName } from '../protocol/commands/catalog.ts';
import { commandFacts } from './commandFacts.ts';
import {
  NotSentError,
  OutcomeUnknownError,
  type NotSentReason,
  type UnknownReason,
} from './errors.ts';
import type { Message } from './message.ts';
import type { Reply } from './reply.ts';

/** What is sent, and what a reply to it is known by. */
export interface Request {
  readonly command: CommandName;
  readonly text: string;
  /** Of a quiet command: the token, and what has the names of its keys. */
  readonly token?: unknown;
  readonly keys?: unknown;
}

/** A request until its promise is settled, and then until its reply has come. */
export class Call {
  readonly command: CommandName;
  readonly replyName: string;
  readonly isQuiet: boolean;
  readonly token: unknown;
  readonly keys: unknown;
  /** Bytes that it takes of the limit. */
  readonly bytes: number;
  readonly deadlineMs: number;
  /** Empty once it is sent: it is never sent again. */
  message: Message;
  isSettled = false;
  /** Stops listening to an AbortSignal. */
  unlisten: (() => void) | undefined;
  readonly #resolve: (reply: Reply | null) => void;
  readonly #reject: (error: Error) => void;

  constructor(
    { command, token, keys }: Request,
    { message, bytes, deadlineMs }: Pick<Call, 'message' | 'bytes' | 'deadlineMs'>,
    settle: {
      readonly resolve: (reply: Reply | null) => void;
      readonly reject: (error: Error) => void;
    },
  ) {
    this.command = command;
    const { replyName, isQuiet } = commandFacts[command];
    this.replyName = replyName;
    this.isQuiet = isQuiet;
    this.token = token;
    this.keys = keys;
    this.bytes = bytes;
    this.deadlineMs = deadlineMs;
    this.message = message;
    this.#resolve = settle.resolve;
    this.#reject = settle.reject;
  }

  /** @param reply null: a quiet command has succeeded. */
  resolve(reply: Reply | null): void {
    if (this.#settle()) this.#resolve(reply);
  }

  notSent(reason: NotSentReason, cause?: unknown): void {
    const options = cause === undefined ? {} : { cause };
    if (this.#settle()) this.#reject(new NotSentError(this.command, reason, options));
  }

  unknown(reason: UnknownReason, why: { closeCode?: number; cause?: unknown } = {}): void {
    if (!this.#settle()) return;
    const { isMutating: mayHaveChanged } = commandFacts[this.command];
    this.#reject(new OutcomeUnknownError({ command: this.command, mayHaveChanged }, reason, why));
  }

  /** @returns Whether it was not settled before. */
  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.unlisten?.();
    return true;
  }
}
