import { statusCode } from '../../../protocol/status.ts';
import type { CommandMove } from '../naiveReplies.ts';

/** A command for one session, and what became of it. Moments are numbers that count up. */
export interface Operation {
  readonly move: CommandMove;
  readonly sentAt: number;
  /** For who reads it: in milliseconds since the start. */
  readonly sentMs?: number;
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

/**
 * Whether it has changed nothing by its reply: it only reads, or found nothing to change. Only changes are confirmed by
 * a replica.
 */
export function isReading({ move: { move }, reply }: Operation): boolean {
  if (move === 'KV_GET' || move === 'KV_KEYS') return true;
  if (reply === undefined || move === 'KV_CLEAR_SET') return false;
  const [body = {}] = Object.values(JSON.parse(reply) as Record<string, Record<string, unknown>>);
  if (body['st'] !== undefined) return !changes.has(Number(body['st']));
  const { tkn: _, keys, ...beside } = body;
  const found = Object.values(keys ?? beside);
  return found.every((each) => (move === 'KV_TAKE' ? each === null : !changes.has(Number(each))));
}

/** Statuses of a command, or of a key, that was carried out. */
const changes = new Set((['Ok', 'KeySet', 'KeyUpdated', 'KeyRemoved'] as const).map(statusCode));
