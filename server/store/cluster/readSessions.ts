import type { Token } from '../../../protocol/token.ts';
import type { Result } from '../../../protocol/result.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok } from '../../../protocol/result.ts';
import { listOf, numberOf, readFacts, readKeys, textOf, tokensOf, type Reply } from './replies.ts';
import type { StoredFacts, StoredKeys } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';

/** A whole session. */
export interface StoredSession extends StoredFacts, StoredKeys {
  readonly token: Token;
}

/** A whole session, and the number of the last change in its bucket that it shows. */
interface ViewedSession {
  readonly session: StoredSession;
  readonly lastId: number;
}

/** A session without its keys. */
export interface CountedSession extends StoredFacts {
  readonly token: Token;
  readonly keyCount: number;
}

/** A key, and the memory that it takes with its value. */
interface SizedKey {
  readonly token: Token;
  readonly key: string;
  readonly bytes: number;
}

/** A token with the time at which its session was made. */
export interface DatedToken {
  readonly token: Token;
  readonly createdAtMs: number;
}

/** Sessions in one call at most, so that none holds up its node for long. */
const perCall = 200;

/** Reads sessions of buckets. */
export class SessionReader {
  readonly #calls: SessionCalls;

  constructor(calls: SessionCalls) {
    this.#calls = calls;
  }

  get buckets(): number[] {
    return Array.from({ length: this.#calls.keys.count }, (_, bucket) => bucket);
  }

  /** Tokens of a bucket, the newest first. */
  async tokensIn(bucket: number, most?: number): Promise<Result<DatedToken[], Refusal>> {
    // Tokens stand where a call has them, so that the number comes third.
    const args = [most === undefined ? '0' : String(most)];
    const outcome = await this.#calls.many({ bucket, name: 'tokens', args });
    if (!outcome.ok) return outcome;
    const list = listOf(outcome.value);
    const dated: DatedToken[] = [];
    for (let at = 0; at < list.length; at += 2) {
      const [token] = tokensOf([list[at] ?? null]);
      if (token) dated.push({ token, createdAtMs: numberOf(list[at + 1]) });
    }
    return ok(dated);
  }

  /** What the sessions are, in the order asked; without those that are not there. */
  async facts(tokens: readonly Token[]): Promise<Result<CountedSession[], Refusal>> {
    const found = new Map<Token, CountedSession>();
    const outcome = await this.#inCalls(tokens, 'facts', (token, reply) => {
      const [meta, keyCount] = listOf(reply);
      if (meta instanceof Buffer) {
        found.set(token, { token, keyCount: numberOf(keyCount), ...readFacts(meta) });
      }
    });
    return outcome.ok ? ok(inOrder(tokens, found)) : outcome;
  }

  /** Whole sessions, in the order asked; without those that are not there. */
  async sessions(tokens: readonly Token[]): Promise<Result<StoredSession[], Refusal>> {
    const found = new Map<Token, StoredSession>();
    const outcome = await this.#inCalls(tokens, 'read', (token, reply) => {
      const [meta, fields] = listOf(reply);
      if (meta instanceof Buffer) {
        found.set(token, { token, ...readFacts(meta), ...readKeys(listOf(fields)) });
      }
    });
    return outcome.ok ? ok(inOrder(tokens, found)) : outcome;
  }

  /** The biggest keys of sessions, some of each, with the memory that they take. */
  async largestKeys(tokens: readonly Token[]): Promise<Result<SizedKey[], Refusal>> {
    const found: SizedKey[] = [];
    const outcome = await this.#inCalls(tokens, 'largest', (token, reply) => {
      for (const pair of listOf(reply)) {
        const [key, bytes] = listOf(pair);
        found.push({ token, key: textOf(key), bytes: numberOf(bytes) });
      }
    });
    return outcome.ok ? ok(found) : outcome;
  }

  /** A session, and the number of the last change in its bucket that it shows; undefined: it is not there. */
  async view(token: Token): Promise<Result<ViewedSession | undefined, Refusal>> {
    const outcome = await this.#calls.maybe(token, { name: 'view' });
    if (!outcome.ok) return outcome;
    const [meta, fields, lastId] = listOf(outcome.value);
    if (!(meta instanceof Buffer)) return ok(undefined);
    const session = { token, ...readFacts(meta), ...readKeys(listOf(fields)) };
    return ok({ session, lastId: numberOf(lastId) });
  }

  async #inCalls(
    tokens: readonly Token[],
    name: string,
    take: (token: Token, reply: Reply) => void,
  ): Promise<Result<undefined, Refusal>> {
    const groups = [...this.#calls.keys.grouped(tokens)];
    const outcomes = await Promise.all(
      groups.map(async ([bucket, group]) => this.#inBucket({ bucket, group, name }, take)),
    );
    return outcomes.find(({ ok: isOk }) => !isOk) ?? ok(undefined);
  }

  async #inBucket(
    { bucket, group, name }: { bucket: number; group: readonly Token[]; name: string },
    take: (token: Token, reply: Reply) => void,
  ): Promise<Result<undefined, Refusal>> {
    for (let from = 0; from < group.length;) {
      const tokens = group.slice(from, from + perCall);
      const outcome = await this.#calls.many({ bucket, tokens, name });
      if (!outcome.ok) return outcome;
      // A node may reply with fewer than were asked for, where they are large.
      for (const [at, reply] of listOf(outcome.value).entries()) {
        take(tokens[at] ?? ('' as Token), reply);
        from += 1;
      }
    }
    return ok(undefined);
  }
}

function inOrder<T>(tokens: readonly Token[], found: ReadonlyMap<Token, T>): T[] {
  return tokens.flatMap((token) => found.get(token) ?? []);
}
