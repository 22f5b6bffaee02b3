import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause } from '../changes.ts';
import type { NewExpiry, NewSession } from '../newSession.ts';
import { unavailable } from '../refusals.ts';
import { runningExpiry } from '../runningExpiry.ts';
import type { MadeSession, SessionFacts } from '../sessionStore.ts';
import type { TokenSource } from '../tokenSource.ts';
import { argsOf, listOf, numberOf, readFacts, type Reply } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';

/** Making, ending and asking for one session: see `SessionStore`. */
export class SessionCommands {
  readonly #calls: SessionCalls;
  readonly #tokens: TokenSource;

  constructor(calls: SessionCalls, tokens: TokenSource) {
    this.#calls = calls;
    this.#tokens = tokens;
  }

  async newSession(wanted: NewSession, cause: Cause): Promise<Result<MadeSession, Refusal>> {
    const { shared, name } = wanted;
    for (;;) {
      const token = shared ? this.#tokens.sharedToken(name) : this.#tokens.randomToken();
      const args = argsOf(wanted);
      const outcome = await this.#calls.maybe(token, { name: 'new', args, cause });
      if (!outcome.ok) return outcome;
      if (outcome.value === 1) return ok({ token, isNew: true });
      if (shared && outcome.value === 2) return ok({ token, isNew: false });
      if (shared) throw new Error('A random token equals the token of a shared session');
    }
  }

  async endSession(token: Token, cause: Cause): Promise<Result<boolean, Refusal>> {
    const outcome = await this.#calls.maybe(token, { name: 'end', cause });
    return outcome.ok ? ok(outcome.value === 1) : outcome;
  }

  async openShared(name: string): Promise<Result<Token | undefined, Refusal>> {
    const token = this.#tokens.sharedToken(name);
    const facts = await this.sessionFacts(token);
    return facts.ok ? ok(facts.value?.shared ? token : undefined) : facts;
  }

  async sessionFacts(token: Token): Promise<Result<SessionFacts | undefined, Refusal>> {
    const outcome = await this.#calls.maybe(token, { name: 'facts' });
    return outcome.ok ? ok(factsOf(listOf(outcome.value)[0])) : outcome;
  }

  async touchSession(
    token: Token,
    { durationSec, deleteSession }: NewExpiry,
    cause: Cause,
  ): Promise<Result<SessionFacts, Refusal>> {
    const deletes = deleteSession === undefined ? '' : deleteSession ? '1' : '0';
    const call = { name: 'touch', args: [String(durationSec ?? ''), deletes], cause };
    const outcome = await this.#calls.one(token, call, factsOf);
    if (!outcome.ok) return outcome;
    return outcome.value ? ok(outcome.value) : unavailable();
  }
}

function factsOf(reply: Reply | undefined): SessionFacts | undefined {
  const [meta, keyCount, now] = listOf(reply);
  if (!(meta instanceof Buffer)) return undefined;
  const { shared, term, extension } = readFacts(meta);
  const expiry = term && runningExpiry(term, numberOf(now));
  return { shared, keyCount: numberOf(keyCount), expiry, extension };
}
