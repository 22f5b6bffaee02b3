import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { FakeClock } from '../fakeClock.ts';
import type { Eventually } from '../../../server/eventually.ts';
import type { Expiry, SessionStore } from '../../../server/store/sessionStore.ts';

/** A store under test and the clock that it goes by. */
export interface StoreUnderTest {
  readonly store: SessionStore;
  readonly clock: FakeClock;
}

/** A map of keys and values for the store. */
export function entriesOf(values: Record<string, string>): ReadonlyMap<string, JsonText> {
  return new Map(Object.entries(values).map(([key, text]) => [key, asJsonText(text)]));
}

export async function newSession(
  store: SessionStore,
  expiry?: Expiry,
  name = 'demo',
): Promise<Token> {
  const made = await store.newSession({ name, shared: false, expiry });
  return made.ok ? made.value : made.refusal;
}

export function newShared(store: SessionStore, name: string): Eventually<Result<Token, Token>> {
  return store.newSession({ name, shared: true });
}

export const endsAfter = (durationSec: number): Expiry => ({ durationSec, deleteSession: true });

export const restartsAfter = (durationSec: number): Expiry => ({
  durationSec,
  deleteSession: false,
});

/** How many keys the session has, or the status that says why not. */
export async function count(store: SessionStore, token: Token): Promise<number | string> {
  const counted = await store.countKeys(token);
  return counted.ok ? counted.value : counted.refusal.status;
}

export async function statusesOf(outcome: ReturnType<SessionStore['setKeys']>): Promise<unknown> {
  const result = await outcome;
  return result.ok ? [...result.value] : result.refusal;
}
