import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import { mapEventually, type Eventually } from '../../eventually.ts';
import { eachOf, inTurns } from '../../turns.ts';
import type { Cause } from '../changes.ts';
import type { Restored, RestoredSession } from '../sessionStore.ts';
import { sessionOf, type Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';

/** Sessions made ready before others have their turn. */
const sessionsPerStep = 5_000;

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
  const ready = new Map<Token, Session>();
  const makeReady = eachOf(sessions, { perStep: sessionsPerStep }, (restored) => {
    if (!ready.has(restored.token)) ready.set(restored.token, sessionOf(restored, nowMs));
  });
  const isReady = inTurns(makeReady);
  return mapEventually(isReady, () => addMissing(table, ready, cause));
}

function addMissing(
  table: SessionTable,
  ready: ReadonlyMap<Token, Session>,
  cause: Cause,
): Result<Restored, Refusal> {
  const missing: Session[] = [];
  let [keys, bytes] = [0, 0];
  for (const session of ready.values()) {
    if (table.living(session.token)) continue;
    missing.push(session);
    keys += session.keys.size;
    bytes += session.bytes;
  }
  const full = table.refusalOf({ sessions: missing.length, keys, bytes });
  if (full) return full;
  for (const session of missing) table.add(session);
  table.changes.created(missing, cause, 'load');
  return ok({ sessions: missing.length, keys });
}
