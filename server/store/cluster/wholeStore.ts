import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause, SessionRecord } from '../changes.ts';
import type { Restored, RestoredSession, SessionSnapshot, Totals } from '../sessionStore.ts';
import type { SessionReader, StoredSession } from './readSessions.ts';
import { argsOf, listOf, numberOf, timedArgsOf, tokensOf } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';

/** Sessions that are put back, or read, together. */
const perPart = 200;

/**
 * Calls about all sessions: exact for each bucket, or each session, but not of one moment (decision D52).
 */
export class WholeStore {
  readonly #calls: SessionCalls;
  readonly #reader: SessionReader;

  constructor(calls: SessionCalls, reader: SessionReader) {
    this.#calls = calls;
    this.#reader = reader;
  }

  get buckets(): readonly number[] {
    return this.#reader.buckets;
  }

  async totals(): Promise<Result<Totals, Refusal>> {
    return this.sumOf(await Promise.all(this.buckets.map((bucket) => this.totalsOf(bucket))));
  }

  sumOf(parts: readonly Result<Totals, Refusal>[]): Result<Totals, Refusal> {
    const sum = { sessions: 0, keys: 0, bytes: 0 };
    for (const part of parts) {
      if (!part.ok) return part;
      sum.sessions += part.value.sessions;
      sum.keys += part.value.keys;
      sum.bytes += part.value.bytes;
    }
    return ok(sum);
  }

  async totalsOf(bucket: number): Promise<Result<Totals, Refusal>> {
    for (;;) {
      const outcome = await this.#calls.many({ bucket, name: 'totals' });
      if (!outcome.ok) return outcome;
      const [sessions, keys, bytes] = listOf(outcome.value);
      if (typeof sessions === 'number') {
        return ok({ sessions, keys: numberOf(keys), bytes: numberOf(bytes) });
      }
      // A look at them expires those that are due.
      const looked = await this.#reader.facts(tokensOf(outcome.value));
      if (!looked.ok) return looked;
    }
  }

  /** Each in its place among the calls for its session. */
  async living(tokens: readonly Token[]): Promise<Result<Token[], Refusal>> {
    const outcomes = await Promise.all(
      tokens.map(async (token) => this.#calls.maybe(token, { name: 'facts' })),
    );
    const living: Token[] = [];
    for (const [at, outcome] of outcomes.entries()) {
      if (!outcome.ok) return outcome;
      const token = tokens[at];
      if (token !== undefined && listOf(outcome.value)[0] !== null) living.push(token);
    }
    return ok(living);
  }

  async endAll(cause: Cause): Promise<Result<number, Refusal>> {
    // What is due has ended by its deadline.
    const swept = await this.totals();
    if (!swept.ok) return swept;
    const parts = await Promise.all(
      this.#reader.buckets.map(async (bucket) => this.#endAllIn(bucket, cause)),
    );
    let ended = 0;
    for (const part of parts) {
      if (!part.ok) return part;
      ended += part.value;
    }
    return ok(ended);
  }

  async #endAllIn(bucket: number, cause: Cause): Promise<Result<number, Refusal>> {
    const dated = await this.#reader.tokensIn(bucket);
    if (!dated.ok) return dated;
    const all = dated.value.map(({ token }) => token);
    let ended = 0;
    for (let from = 0; from < all.length; from += perPart) {
      const tokens = all.slice(from, from + perPart);
      const outcome = await this.#calls.many({ bucket, tokens, name: 'end', cause });
      if (!outcome.ok) return outcome;
      ended += numberOf(outcome.value);
    }
    return ok(ended);
  }

  async *records(): AsyncGenerator<SessionRecord> {
    yield* this.#sessions();
  }

  async *scan(tokens?: readonly Token[]): AsyncGenerator<SessionSnapshot> {
    for await (const session of this.#sessions(tokens)) {
      const { token, name, shared, term, extension, keys, values } = session;
      const { durationSec, deleteSession } = term ?? {};
      const hasExpiry = durationSec !== undefined && deleteSession !== undefined;
      const expiry = hasExpiry ? { durationSec, deleteSession } : undefined;
      yield { token, name, shared, expiry, extension, keys, values };
    }
  }

  async *#sessions(tokens?: readonly Token[]): AsyncGenerator<StoredSession> {
    if (tokens) yield* this.#sessionsOf(tokens);
    else {
      for (const bucket of this.#reader.buckets) {
        const dated = given(await this.#reader.tokensIn(bucket));
        yield* this.#sessionsOf(dated.map(({ token }) => token).reverse());
      }
    }
  }

  async *#sessionsOf(tokens: readonly Token[]): AsyncGenerator<StoredSession> {
    for (let from = 0; from < tokens.length; from += perPart) {
      yield* given(await this.#reader.sessions(tokens.slice(from, from + perPart)));
    }
  }

  /**
   * Puts sessions there as they are, with their times; those that are there stay as they are.
   * @returns Those that are there now under these tokens.
   */
  async bring(records: readonly SessionRecord[], cause: Cause): Promise<SessionRecord[]> {
    const outcomes = await Promise.all(
      records.map(async (record) => {
        const args = [...timedArgsOf(record), ...pairsOf(record)];
        return this.#calls.maybe(record.token, { name: 'restore', args, cause });
      }),
    );
    for (const outcome of outcomes) given(outcome);
    return given(await this.#reader.sessions(records.map(({ token }) => token)));
  }

  /** Each session at its own moment; a refusal may come after some were put back. */
  async restore(
    sessions: readonly RestoredSession[],
    cause: Cause,
  ): Promise<Result<Restored, Refusal>> {
    const added = { sessions: 0, keys: 0 };
    for (let from = 0; from < sessions.length; from += perPart) {
      const part = sessions.slice(from, from + perPart);
      const outcomes = await Promise.all(
        part.map(async (session) => {
          const start = String(session.startMs ?? '');
          const args = [...argsOf(session), '', start, ...[...session.keys].flat()];
          return this.#calls.maybe(session.token, { name: 'restore', args, cause });
        }),
      );
      for (const [at, outcome] of outcomes.entries()) {
        if (!outcome.ok) return outcome;
        if (outcome.value !== 1) continue;
        added.sessions += 1;
        added.keys += part[at]?.keys.size ?? 0;
      }
    }
    return ok(added);
  }
}

/** Keys behind each other with their values. */
function pairsOf({ keys, values }: SessionRecord): string[] {
  return keys.flatMap((key, at) => [key, values[at] ?? '']);
}

function given<T>(outcome: Result<T, Refusal>): T {
  if (outcome.ok) return outcome.value;
  const { status, param } = outcome.refusal;
  if (status === 'StoreUnavailable') throw new Error('Redis does not answer');
  throw new Error(`Redis has refused: ${status} ${param}`);
}
