import type { CommandMove } from '../naiveReplies.ts';

/** A command for one session, and what became of it. Moments are numbers that count up. */
export interface Operation {
  readonly move: CommandMove;
  readonly sentAt: number;
  /** Infinity: it has no answer, or one with status 901. Nobody knows whether it was carried out. */
  readonly answeredAt: number;
  /** Text of the reply; undefined where nobody knows. */
  readonly reply: string | undefined;
}

/** What happened to a session: the operations of each client, in the order in which it sent them. */
export interface History {
  readonly clients: readonly (readonly Operation[])[];
  /** From then on all was at rest, and what was answered is true. */
  readonly settledAt: number;
}

export function isKnown({ reply }: Operation): boolean {
  return reply !== undefined;
}

export function isReading({ move: { move } }: Operation): boolean {
  return move === 'KV_GET' || move === 'KV_KEYS';
}
