import type { CommandName } from '../../protocol/commands/catalog.ts';
import { readReply } from '../reply.ts';
import { contains } from './contains.ts';

/** A message that a client sent. */
export interface ReceivedCommand {
  /** Number of its connection, counted from 1. */
  readonly connection: number;
  /** Undefined: the message is not of the protocol. */
  readonly command: string | undefined;
  /** As the client's values are. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The message as it came; null: it was binary. */
  readonly text: string | null;
  /** What was answered; null: nothing, as quiet commands are; undefined: nothing yet. */
  readonly reply: string | null | undefined;
}

/** Messages that are kept; beyond, the oldest are dropped. */
const maxReceived = 10_000;

/** What clients have sent, in the order in which it came. What the kit itself asks is not among it. */
export class Recordings {
  readonly all: ReceivedCommand[] = [];

  /** Notes a message. @returns It, and how to note the reply. */
  begin(text: string | null, connection: number): Recorded {
    const recorded = recordedOf(text, connection);
    this.all.push(recorded);
    if (this.all.length > maxReceived) this.all.shift();
    return recorded;
  }
}

export interface Recorded extends ReceivedCommand {
  reply: string | null | undefined;
}

function recordedOf(text: string | null, connection: number): Recorded {
  // A message has the form of a reply: one name, and an object.
  const message = text === null ? undefined : readReply(text, 'text');
  const { name: command, body: params = {} } = message ?? {};
  return { connection, command, params, text, reply: undefined };
}

/** Those of a command that have these parameters, and perhaps more. */
export function withParams(
  received: readonly ReceivedCommand[],
  command: CommandName,
  params: Readonly<Record<string, unknown>> = {},
): readonly ReceivedCommand[] {
  return received.filter((each) => each.command === command && contains(each.params, params));
}
