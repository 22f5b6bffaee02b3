import type { Clock } from '../../server/clock.ts';
import type { Cause } from '../../server/store/changes.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { createSessionIds } from '../../server/store/sessionIds.ts';
import type { MadeSession } from '../../server/store/sessionStore.ts';
import { createTokenSource, type TokenSource } from '../../server/store/tokenSource.ts';
import type { Result } from '../../protocol/result.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import type { Token } from '../../protocol/token.ts';
import { FakeClock } from './fakeClock.ts';

/** Who makes the changes of a test. */
export const cause: Cause = { connection: 1 };

/** As in a server without an inspection key. */
export const idOf = createSessionIds('');

/** An empty memory store that has not been opened: deadlines are kept, but by no timer. */
export function createMemoryStore(
  parts: { clock?: Clock; tokens?: TokenSource } = {},
): MemoryStore {
  const { clock = new FakeClock(), tokens = createTokenSource() } = parts;
  return new MemoryStore({ clock, tokens, idOf });
}

/** The value of what must not have been refused. */
export function given<T>(outcome: Result<T, Refusal>): T {
  if (!outcome.ok) throw new Error(`Refused with ${outcome.refusal.status}`);
  return outcome.value;
}

export const tokenOf = (made: Result<MadeSession, Refusal>): Token => given(made).token;
