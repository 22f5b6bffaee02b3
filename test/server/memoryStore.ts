import type { Clock } from '../../protocol/clock.ts';
import type { Cause } from '../../server/store/changes.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { createSessionIds } from '../../server/store/sessionIds.ts';
import type { MadeSession, StoreOutcome } from '../../server/store/sessionStore.ts';
import type { StoreLimits } from '../../server/store/storeLimits.ts';
import { createTokenSource, type TokenSource } from '../../server/store/tokenSource.ts';
import type { Result } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import { FakeClock } from './fakeClock.ts';

/** Who makes the changes of a test. */
export const cause: Cause = { connection: 1 };

/** As in a server without an inspection key. */
export const idOf = createSessionIds('');

/** An empty memory store that has not been opened: deadlines are kept, but by no timer. */
export function createMemoryStore(
  parts: { clock?: Clock; tokens?: TokenSource; limits?: StoreLimits } = {},
): MemoryStore {
  const { clock = new FakeClock(), tokens = createTokenSource(), limits } = parts;
  return new MemoryStore({ clock, tokens, idOf, ...(limits && { limits }) });
}

/** An outcome that is there in the same turn. */
export function atOnce<T>(outcome: StoreOutcome<T>): Result<T, Refusal> {
  if (outcome instanceof Promise) throw new Error('Not answered at once');
  return outcome;
}

/** The value of what is there at once and must not have been refused. */
export function given<T>(outcome: StoreOutcome<T>): T {
  const result = atOnce(outcome);
  if (!result.ok) throw new Error(`Refused with ${result.refusal.status}`);
  return result.value;
}

export const tokenOf = (made: StoreOutcome<MadeSession>): Token => given(made).token;
