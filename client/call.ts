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

/** A command, what is sent for it, and what is made of its reply. */
export interface Request<T = unknown> {
  readonly command: CommandName;
  /** Of a quiet command: the token, and what has the names of its keys. */
  readonly token?: unknown;
  readonly keys?: unknown;
  /**
   * The message.
   * @throws {ValueError} for what JSON has no text for.
   */
  write(): Message;
  /** @param reply null: a quiet command has succeeded. */
  read(reply: Reply | null): T | PromiseLike<T>;
  /** What {@link read} makes of a reply of the usual kind; undefined: the reply must be parsed. */
  readPlain?(text: string): T | undefined;
}

/** What settles the promise of a call. */
interface Settle {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** A request until its promise is settled, and then until its reply has come. */
export class Call {
  readonly request: Request;
  readonly replyName: string;
  readonly isQuiet: boolean;
  /** Bytes that it takes of the limit. */
  readonly bytes: number;
  readonly deadlineMs: number;
  /** Empty once it is sent: it is never sent again. */
  message: Message;
  isSettled = false;
  /** Stops listening to an AbortSignal. */
  unlisten: (() => void) | undefined;
  readonly #promise: Settle;

  constructor(
    request: Request,
    { message, bytes, deadlineMs }: Pick<Call, 'message' | 'bytes' | 'deadlineMs'>,
    promise: Settle,
  ) {
    this.request = request;
    const { replyName, isQuiet } = commandFacts[request.command];
    this.replyName = replyName;
    this.isQuiet = isQuiet;
    this.bytes = bytes;
    this.deadlineMs = deadlineMs;
    this.message = message;
    this.#promise = promise;
  }

  get command(): CommandName {
    return this.request.command;
  }

  get token(): unknown {
    return this.request.token;
  }

  get keys(): unknown {
    return this.request.keys;
  }

  /** @param reply null: a quiet command has succeeded. */
  resolve(reply: Reply | null): void {
    if (!this.#settle()) return;
    const { resolve, reject } = this.#promise;
    try {
      resolve(this.request.read(reply) as never); // They belong together.
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** @param value What was made of the reply. */
  resolveWith(value: unknown): void {
    if (this.#settle()) this.#promise.resolve(value as never); // As above.
  }

  notSent(reason: NotSentReason, cause?: unknown): void {
    const options = cause === undefined ? {} : { cause };
    if (this.#settle()) this.#promise.reject(new NotSentError(this.command, reason, options));
  }

  unknown(reason: UnknownReason, why: { closeCode?: number; cause?: unknown } = {}): void {
    if (!this.#settle()) return;
    const { isMutating: mayHaveChanged } = commandFacts[this.command];
    this.#promise.reject(
      new OutcomeUnknownError({ command: this.command, mayHaveChanged }, reason, why),
    );
  }

  /** @returns Whether it was not settled before. */
  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.unlisten?.();
    return true;
  }
}
