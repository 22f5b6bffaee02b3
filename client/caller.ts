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

/** Writes commands and reads their replies. */
export class Caller {
  readonly #parts: CallerParts;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  /** Any command; its refusals are errors. */
  async call<N extends CommandName>(
    command: N,
    params: CommandParams<N>,
    options: CallOptions = {},
  ): Promise<CommandReply<N>> {
    const reply = await this.ask(command, params, options);
    // The catalog's types say what the reply to the command is.
    return (reply && resultOf(command, reply)) as CommandReply<N>;
  }

  /** Any command, and its reply as it came. null: a quiet one succeeded. */
  ask(command: CommandName, params: object, options: CallOptions): Promise<Reply | null> {
    const { trace, addressOf } = this.#parts;
    const end = trace?.({ command, address: addressOf() });
    const asked = this.#send(command, params, options);
    if (end)
      asked.then(
        () => end({}),
        (error: unknown) => end({ error }),
      );
    return asked;
  }

  #send(command: CommandName, params: object, options: CallOptions): Promise<Reply | null> {
    let body: string;
    try {
      body = writeStored(params);
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    const { tkn: token, keys } = params as { tkn?: unknown; keys?: unknown }; // Where there are any.
    return this.#parts.calls.add({ command, text: `{"${command}":${body}}`, token, keys }, options);
  }
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
