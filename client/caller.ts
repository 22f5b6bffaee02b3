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
const noParams: QuietParams = {};

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
    const write = () => writeStored(params);
    return this.#send({ command, params, options, write }, (reply) => result(command, reply));
  }

  /** A command that has a token and keys, and what is wanted of its reply: the shortest way for the most frequent ones. */
  callOnKeys<N extends 'KV_SET' | 'KV_GET', T>(
    { command, token, keys, options = noOptions }: KeysCall<N>,
    pick: (reply: CommandReply<N>) => T | PromiseLike<T>,
  ): Promise<T> {
    const write = () => `{"tkn":${writeStored(token)},"keys":${writeStored(keys, 'keys')}}`;
    return this.#send({ command, params: noParams, options, write }, (reply) =>
      pick(result(command, reply)),
    );
  }

  /** Any command, and its reply as it came. null: a quiet one succeeded. */
  ask(command: CommandName, params: object, options: CallOptions): Promise<Reply | null> {
    const write = () => writeStored(params);
    return this.#send({ command, params, options, write }, (reply) => reply);
  }

  #send<T>(
    { command, params, options, write }: Asked,
    read: (reply: Reply | null) => T | PromiseLike<T>,
  ): Promise<T> {
    const { trace, addressOf, calls } = this.#parts;
    const end = trace?.({ command, address: addressOf() });
    let body: string;
    try {
      body = write();
    } catch (error) {
      end?.({ error });
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    const { tkn: token, keys }: QuietParams = params;
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

interface Asked {
  readonly command: CommandName;
  readonly params: QuietParams;
  readonly options: CallOptions;
  /** Writes the parameters. */
  readonly write: () => string;
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

interface KeysCall<N extends CommandName> {
  readonly command: N;
  readonly token: string;
  readonly keys: object;
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
