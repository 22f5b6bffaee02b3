import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Change, Gap } from '../../../server/store/changes.ts';
import type { Expiry } from '../../../server/store/newSession.ts';
import type { MadeSession, Restored, SessionStore } from '../../../server/store/sessionStore.ts';
import type { FakeClock } from '../fakeClock.ts';
import { cause, given, tokenOf } from '../memoryStore.ts';

/** An open, empty store under test and the clock that it goes by, if it goes by one of ours. */
export interface StoreUnderTest {
  readonly store: SessionStore;
  readonly clock?: FakeClock;
  /**
   * Settles when all who follow have what was changed before, and who has just begun to follow will have what
   * comes; absent: that is always so.
   */
  readonly settle?: () => Promise<void>;
}

export type StoreWithClock = StoreUnderTest & Required<Pick<StoreUnderTest, 'clock'>>;

/** What not every store does alike. */
export interface StoreTraits {
  /** Calls about many sessions happen at one moment, and in the order of their creation (decision D52). */
  readonly isOneMoment: boolean;
}

/** Lets changes arrive. */
export async function settled({ settle }: StoreUnderTest): Promise<void> {
  await settle?.();
}

/** Numbers of the sessions that a change has made. */
export function numbersOf(change: Change | Gap): number[] {
  return change.kind === 'created' ? [...change.sessions].map(({ number }) => number) : [];
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
  return tokenOf(await store.newSession({ name, shared: false, expiry }, cause));
}

export async function newShared(store: SessionStore, name: string): Promise<MadeSession> {
  return given(await store.newSession({ name, shared: true }, cause));
}

export async function livingTokens(store: SessionStore, tokens: Token[]): Promise<Token[]> {
  return given(await store.livingTokens(tokens));
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

/** Ids of all sessions, in the order of their creation. */
export async function idsIn(store: SessionStore): Promise<string[]> {
  return given(await store.listSessions(1000));
}

/** Without the memory, which each store counts in its own way. */
export async function totalsOf(store: SessionStore): Promise<Restored> {
  const { sessions, keys } = given(await store.totals());
  return { sessions, keys };
}
