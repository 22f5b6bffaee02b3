import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { maskToken } from '../../protocol/token.ts';
import type { ListedSession, SessionView } from '../store/views.ts';

/** What inspectors get of a session; its token is masked. */
export function summaryOf(session: SessionView): SessionSummary {
  const { id, name, token, shared, keyCount, bytes, createdAtMs, expiry } = session;
  return {
    id,
    name,
    maskedToken: maskToken(token),
    shared,
    keyCount,
    bytes,
    createdAtMs: Math.round(createdAtMs),
    expiry: expiry
      ? {
          durationSec: expiry.durationSec,
          deleteSession: expiry.deleteSession,
          // 100 years and more still fit; what does not is as good as never.
          deadlineMs: Math.min(Math.round(expiry.deadlineMs), Number.MAX_SAFE_INTEGER),
        }
      : null,
  };
}

/** As {@link summaryOf}, with what only lists have. */
export function listedSummaryOf(
  session: ListedSession,
  { operations, foundIn }: { readonly operations: number; readonly foundIn?: string | undefined },
): SessionSummary {
  const { changedAtMs } = session;
  return {
    ...summaryOf(session),
    lastChangedAtMs: changedAtMs === undefined ? undefined : Math.round(changedAtMs),
    operationsPerSecond: operations > 0 ? operations : undefined,
    foundIn,
  };
}
