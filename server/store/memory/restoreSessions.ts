import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import { mapEventually, type Eventually } from '../../eventually.ts';
import type { Cause } from '../changes.ts';
import type { Restored, RestoredSession } from '../sessionStore.ts';
import { sessionOf, type Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';

/** Sessions made ready before others have their turn. */
const sessionsPerSlice = 5_000;

/**
 * Puts sessions back. They are made ready in slices when they are many; then it is seen which of them
 * are missing and whether there is room, and they are added, all in one step.
 * @param nowMs When their time starts.
 */
export function restoreSessions(
  table: SessionTable,
  sessions: readonly RestoredSession[],
  { nowMs, cause }: { readonly nowMs: number; readonly cause: Cause },
): Eventually<Result<Restored, Refusal>> {
  const ready: Session[] = [];
  return mapEventually(makeReady(sessions, ready, nowMs), () => addMissing(table, ready, cause));
}

function makeReady(
  sessions: readonly RestoredSession[],
  ready: Session[],
  nowMs: number,
): Eventually<void> {
  const end = Math.min(ready.length + sessionsPerSlice, sessions.length);
  for (const restored of sessions.slice(ready.length, end)) ready.push(sessionOf(restored, nowMs));
  if (end === sessions.length) return undefined;
  return new Promise((resolve) => {
    setImmediate(() => resolve(makeReady(sessions, ready, nowMs)));
  });
}

function addMissing(
  table: SessionTable,
  ready: readonly Session[],
  cause: Cause,
): Result<Restored, Refusal> {
  const missing = new Map<Token, Session>();
  let [keys, bytes] = [0, 0];
  for (const session of ready) {
    const { token } = session;
    if (missing.has(token) || table.living(token)) continue;
    missing.set(token, session);
    keys += session.keys.size;
    bytes += session.bytes;
  }
  const full = table.refusalOf({ sessions: missing.size, keys, bytes });
  if (full) return full;
  const added = [...missing.values()];
  for (const session of added) table.add(session);
  table.changes.created(added, cause, 'load');
  return ok({ sessions: added.length, keys });
}
