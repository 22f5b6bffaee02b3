import type { CommandName } from '../protocol/commands/catalog.ts';
import { statusName, type StatusName } from '../protocol/status.ts';
import type { CallOptions, Calls } from './calls.ts';
import type { CommandParams, CommandReply } from './commandTypes.ts';
import { SeshdeckError } from './errors.ts';
import { refusalOf, resultOf, type Reply } from './reply.ts';
import { writeStored } from './storedText.ts';

/** A call that begins, for tracing. */
export interface CallStart {
  readonly command: CommandName;
  /** Where the client is connected, or tries to be. */
  readonly address: string;
}

/** How a call ended, for tracing. */
export interface CallEnd {
  /** Absent: it was carried out. */
  readonly error?: unknown;
}

/** Called when a call begins; what it returns is called when the call has ended. It must not throw. */
export type TraceCall = (start: CallStart) => ((end: CallEnd) => void) | undefined;

interface CallerParts {
  readonly calls: Calls;
  readonly trace: TraceCall | undefined;
  readonly addressOf: () => string;
}

const noOptions: CallOptions = {};

/** Writes commands and reads their replies. */
export class Caller {
  readonly #parts: CallerParts;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  /** Any command; its refusals are errors. */
  call<N extends CommandName>(
    command: N,
    params: CommandParams<N>,
    options: CallOptions = noOptions,
  ): Promise<CommandReply<N>> {
    return this.callFor({ command, params, options }, (reply) => reply);
  }

  /** As {@link call}, and what is wanted of the reply: a promise less than with `await`. */
  callFor<N extends CommandName, T>(
    { command, params, options = noOptions }: CallParts<N>,
    pick: (reply: CommandReply<N>) => T | PromiseLike<T>,
  ): Promise<T> {
    return this.#send({ command, params, options }, (reply) =>
      // The catalog's types say what the reply to the command is.
      pick((reply && resultOf(command, reply)) as CommandReply<N>),
    );
  }

  /** Any command, and its reply as it came. null: a quiet one succeeded. */
  ask(command: CommandName, params: object, options: CallOptions): Promise<Reply | null> {
    return this.#send({ command, params, options }, (reply) => reply);
  }

  #send<T>(
    { command, params, options }: { command: CommandName; params: object; options: CallOptions },
    read: (reply: Reply | null) => T | PromiseLike<T>,
  ): Promise<T> {
    const { trace, addressOf, calls } = this.#parts;
    const end = trace?.({ command, address: addressOf() });
    let body: string;
    try {
      body = writeStored(params);
    } catch (error) {
      end?.({ error });
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    const { tkn: token, keys } = params as { tkn?: unknown; keys?: unknown }; // Where there are any.
    const text = `{"${command}":${body}}`;
    const asked = calls.add({ command, text, token, keys }, options, read);
    if (end) {
      asked.then(
        () => end({}),
        (error: unknown) => end({ error }),
      );
    }
    return asked;
  }
}

/** A command, and how it is called. */
interface CallParts<N extends CommandName> {
  readonly command: N;
  readonly params: CommandParams<N>;
  readonly options?: CallOptions | undefined;
}

/**
 * The status of a reply, if it is one of these.
 * @throws {CommandError} for any other.
 */
export function statusIn<T extends StatusName>(
  command: CommandName,
  reply: { readonly st: number },
  expected: readonly T[],
): T {
  const status = statusName(reply.st);
  const found = expected.find((each) => each === status);
  if (found === undefined) throw refusalOf(command, reply);
  return found;
}

/** A reply that is never silence. */
export function answered(command: CommandName, reply: Reply | null): Reply {
  if (reply === null) throw new SeshdeckError(`${command} was not answered`, command);
  return reply;
}
