import { setTimeout as wait } from 'node:timers/promises';
import { between, oneOf, type Random } from '../crash/random.ts';
import { requestOf, type CommandMove } from '../naiveReplies.ts';
import type { Caller } from './caller.ts';
import type { Operation } from './history.ts';

/** Pause between one burst of commands and the next, in milliseconds. */
const pauseMs = 40;

/** Commands sent together, at most. */
const maxBurst = 3;

/** Written together: a reply never shows some without the others. */
const together = ['x', 'y', 'z'];

/** All keys that a session can have. */
export const allKeys = [...together, 'count', 'list', 'swapped'];

/** Moments that count up, and values that do not come twice; for all clients of a run. */
export class Counter {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

export interface ClientParts {
  readonly caller: Caller;
  readonly token: string;
  readonly random: Random;
  readonly counter: Counter;
}

/** Sends commands for one session, and notes what becomes of them. */
export class SessionClient {
  readonly token: string;
  readonly operations: Operation[] = [];
  /** Replies that no server may give. */
  readonly badReplies: string[] = [];
  /** Longest time between two replies that were not 901, in milliseconds. */
  longestGapMs = 0;
  readonly #parts: ClientParts;
  #answeredAtMs = performance.now();
  #isStopping = false;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    this.token = parts.token;
  }

  /** The moment at which the last command was sent that has an answer other than 901. */
  lastSentAt = 0;

  async run(): Promise<void> {
    this.#answeredAtMs = performance.now();
    while (!this.#isStopping) {
      const burst = 1 + Math.floor(this.#parts.random() * maxBurst);
      const moves = Array.from({ length: burst }, () => this.#nextMove());
      await this.#parts.caller.connected();
      await Promise.all(moves.map(async (move) => this.carryOut(move)));
      await wait(between(this.#parts.random, 0, 2 * pauseMs));
    }
    const { unasked } = this.#parts.caller;
    this.badReplies.push(...unasked.map((reply) => `was not asked for: ${reply}`));
  }

  /** After the replies to what was sent. */
  stop(): void {
    this.#isStopping = true;
  }

  async carryOut(move: CommandMove): Promise<void> {
    const { caller, counter } = this.#parts;
    const sentMs = Math.round(performance.now());
    const sentAt = counter.next();
    const operation = { move, sentAt, sentMs, answeredAt: Infinity, reply: undefined };
    const place = this.operations.push(operation) - 1;
    const reply = await caller.ask(requestOf(move, { token: () => this.token }));
    if (reply === undefined || this.#isUnknown(reply, move)) return;
    const answeredAt = counter.next();
    this.operations[place] = { ...operation, answeredAt, reply };
    this.lastSentAt = operation.sentAt;
    const nowMs = performance.now();
    this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.#answeredAtMs);
    this.#answeredAtMs = nowMs;
  }

  #isUnknown(reply: string, { move }: CommandMove): boolean {
    if (!reply.startsWith(`{"${move}_RSP":`)) {
      this.badReplies.push(`answers ${move}: ${reply}`);
      return true;
    }
    const status = /"st":(9\d\d|1000)\b/.exec(reply)?.[1];
    if (status !== undefined && status !== '901') this.badReplies.push(`refuses: ${reply}`);
    return status !== undefined;
  }

  #nextMove(): CommandMove {
    const value = this.#parts.counter.next();
    const make = oneOf(this.#parts.random, moves) ?? get;
    return make(value);
  }
}

const at = 0;

const entriesOf = (value: number): [string, number][] => together.map((key) => [key, value]);

const get = (): CommandMove => ({ move: 'KV_GET', at, keys: allKeys });

const moves: readonly ((value: number) => CommandMove)[] = [
  get,
  get,
  get,
  () => ({ move: 'KV_KEYS', at }),
  (value) => ({ move: 'KV_SET', at, entries: entriesOf(value) }),
  (value) => ({ move: 'KV_SET', at, entries: entriesOf(value) }),
  (value) => ({ move: 'KV_SET', at, entries: [['list', [value]]] }),
  (value) => ({ move: 'KV_ADD', at, entries: entriesOf(value) }),
  (value) => ({ move: 'KV_CLEAR_SET', at, entries: entriesOf(value) }),
  () => ({ move: 'KV_RMV', at, keys: together }),
  () => ({ move: 'KV_TAKE', at, keys: together }),
  (value) => ({ move: 'KV_INCR', at, key: 'count', by: value }),
  () => ({ move: 'KV_INCR', at, key: 'count', by: undefined }),
  (value) => ({ move: 'KV_CAS', at, key: 'swapped', old: undefined, value }),
  (value) => ({ move: 'KV_CAS', at, key: 'swapped', old: value, value: undefined }),
  (value) => ({ move: 'KV_ARR_APPEND', at, key: 'list', items: [value], name: undefined }),
  (value) => ({ move: 'KV_UPDATE', at, key: 'list', path: '$[0]', value }),
];

/** Whether a reply shows a part of a command. */
export function isTorn({ move, reply }: Operation): boolean {
  if (reply === undefined || !('keys' in move) || !['KV_GET', 'KV_TAKE'].includes(move.move)) {
    return false;
  }
  const shown = together.map((key) => new RegExp(`"${key}":([^,}]*)`).exec(reply)?.[1]);
  return new Set(shown).size > 1;
}
