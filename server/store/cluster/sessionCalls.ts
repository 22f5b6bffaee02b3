import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause } from '../changes.ts';
import { noSession, unavailable } from '../refusals.ts';
import type { StoreOutcome } from '../sessionStore.ts';
import type { BucketKeys } from './bucketKeys.ts';
import { Lanes } from './lanes.ts';
import type { FunctionCall } from './functionCalls.ts';
import type { RedisLink } from './redisLink.ts';
import type { Reply } from './replies.ts';

/** What calls need. */
export interface CallParts {
  readonly link: RedisLink;
  readonly keys: BucketKeys;
  /** Name of this server, for the changes that it makes; without spaces. */
  readonly serverName: () => string;
  /** Absent: the clock of the node, which is right for servers whose clocks differ. */
  readonly nowMs?: (() => number) | undefined;
}

/** A function of the library and what it is called with, beside the session. */
export interface CallOf {
  readonly name: string;
  readonly args?: readonly string[];
  readonly cause?: Cause | undefined;
}

/** A call about several sessions of one bucket. */
export interface CallOfMany extends CallOf {
  readonly bucket: number;
  readonly tokens?: readonly Token[];
}

/** Calls functions of the library: those about one session in order. */
export class SessionCalls {
  readonly keys: BucketKeys;
  readonly #link: RedisLink;
  readonly #lanes: Lanes;
  readonly #serverName: () => string;
  readonly #nowMs: (() => number) | undefined;
  readonly #listeners = new Set<(token: Token) => void>();

  constructor({ link, keys, serverName, nowMs }: CallParts) {
    this.keys = keys;
    this.#link = link;
    this.#serverName = serverName;
    this.#nowMs = nowMs;
    const { waitMs } = link;
    this.#lanes = new Lanes({ waitMs, pause: async (failed) => link.pause(failed) });
  }

  /** Hands the token of each call about one session to the listener. @returns Ends that. */
  watch(listener: (token: Token) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** About one session; status 100 when there is none. */
  async one<T>(token: Token, call: CallOf, read: (reply: Reply) => T): Promise<Result<T, Refusal>> {
    const outcome = await this.maybe(token, call);
    if (!outcome.ok) return outcome;
    return outcome.value === null ? noSession(token) : ok(read(outcome.value));
  }

  /** About one session that may be there. */
  maybe(token: Token, call: CallOf): Promise<Result<Reply, Refusal>> {
    this.#note(token);
    const sent = this.#callOf(token, call);
    return this.#lanes.send(token, () => this.#link.send(sent));
  }

  /** Several steps about one session; other calls for it from here wait until they are done. */
  alone<T>(
    token: Token,
    work: (step: (call: CallOf) => Promise<Result<Reply, Refusal>>) => Promise<Result<T, Refusal>>,
  ): StoreOutcome<T> {
    this.#note(token);
    const step = (call: CallOf) => this.#link.call(this.#callOf(token, call));
    return this.#lanes.send(token, () => work(step), { isAlone: true });
  }

  /** About a bucket, or some of its sessions. */
  many({ bucket, tokens = [], ...call }: CallOfMany): Promise<Result<Reply, Refusal>> {
    return this.#link.call({
      name: call.name,
      keys: this.keys.of(bucket, tokens),
      args: [...this.#facts(call.cause), ...tokens, ...(call.args ?? [])],
    });
  }

  #callOf(token: Token, { name, args = [], cause }: CallOf): FunctionCall {
    const keys = this.keys.of(this.keys.bucketOf(token), [token]);
    return { name, keys, args: [...this.#facts(cause), token, ...args] };
  }

  #facts(cause: Cause | undefined): [now: string, cause: string] {
    const now = this.#nowMs ? String(this.#nowMs()) : '';
    return [now, cause ? causeText(cause, this.#serverName()) : ''];
  }

  #note(token: Token): void {
    for (const listener of this.#listeners) listener(token);
  }
}

function causeText({ connection, command, isConsole }: Cause, serverName: string): string {
  return [serverName, connection, command ?? '', isConsole ? 1 : ''].join(' ');
}

/** The most times that a step is repeated because another server was faster. */
const maxRepeats = 30;

/** Repeats work that another server came in between of. @returns Status 901 when that does not end. */
export async function repeated<T>(
  work: () => Promise<Result<T, Refusal> | undefined>,
): Promise<Result<T, Refusal>> {
  for (let times = 0; times < maxRepeats; times += 1) {
    const outcome = await work();
    if (outcome) return outcome;
  }
  return unavailable();
}
