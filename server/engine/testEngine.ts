import { asJsonText, type JsonText } from '../../protocol/json/jsonText.ts';
import type { Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { FakeClock } from '../fakeClock.ts';
import type { Eventually, Expiry, SessionEngine } from './sessionEngine.ts';

/** An engine under test and the clock that it goes by. */
export interface EngineUnderTest {
  readonly engine: SessionEngine;
  readonly clock: FakeClock;
}

/** A map of keys and values for the engine. */
export function entriesOf(values: Record<string, string>): ReadonlyMap<string, JsonText> {
  return new Map(Object.entries(values).map(([key, text]) => [key, asJsonText(text)]));
}

export async function newSession(
  engine: SessionEngine,
  expiry?: Expiry,
  name = 'demo',
): Promise<Token> {
  const made = await engine.newSession({ name, shared: false, expiry });
  return made.ok ? made.value : made.refusal;
}

export function newShared(engine: SessionEngine, name: string): Eventually<Result<Token, Token>> {
  return engine.newSession({ name, shared: true });
}

export const endsAfter = (durationSec: number): Expiry => ({ durationSec, deleteSession: true });

export const restartsAfter = (durationSec: number): Expiry => ({
  durationSec,
  deleteSession: false,
});

/** How many keys the session has, or the status that says why not. */
export async function count(engine: SessionEngine, token: Token): Promise<number | string> {
  const counted = await engine.countKeys(token);
  return counted.ok ? counted.value : counted.refusal.status;
}

export async function statusesOf(outcome: ReturnType<SessionEngine['setKeys']>): Promise<unknown> {
  const result = await outcome;
  return result.ok ? [...result.value] : result.refusal;
}
