import type { CommandName } from '../protocol/commands/catalog.ts';
import { statusName, type StatusName } from '../protocol/status.ts';
import type { Request } from './call.ts';
import type { CallOptions, Calls } from './calls.ts';
import type { CommandParams, CommandReply } from './commandTypes.ts';
import { SeshdeckError } from './errors.ts';
import { messageOf } from './message.ts';
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
    return this.send(
      requestOf(command, params, (reply) => result(command, reply)),
      options,
    );
  }

  /** Any command, and its reply as it came. null: a quiet one succeeded. */
  ask(command: CommandName, params: object, options: CallOptions): Promise<Reply | null> {
    return this.send(
      requestOf(command, params, (reply) => reply),
      options,
    );
  }

  /** What is made of the reply to a request. */
  send<T>(request: Request<T>, options: CallOptions = noOptions): Promise<T> {
    const { trace, addressOf, calls } = this.#parts;
    if (!trace) return calls.add(request, options);
    const end = trace({ command: request.command, address: addressOf() });
    const asked = calls.add(request, options);
    if (end) {
      asked.then(
        () => end({}),
        (error: unknown) => end({ error }),
      );
    }
    return asked;
  }
}

/** A request with parameters by the names of the protocol. */
function requestOf<T>(
  command: CommandName,
  params: object,
  read: (reply: Reply | null) => T,
): Request<T> {
  const { tkn: token, keys }: QuietParams = params;
  return {
    command,
    token,
    keys,
    write: () => messageOf(`{"${command}":${writeStored(params)}}`),
    read,
  };
}

/** Parameters that tell which quiet command a reply belongs to. */
interface QuietParams {
  readonly tkn?: unknown;
  readonly keys?: unknown;
}

/** The catalog's types say what the reply to the command is. */
function result<N extends CommandName>(command: N, reply: Reply | null): CommandReply<N> {
  return (reply && resultOf(command, reply)) as CommandReply<N>;
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
