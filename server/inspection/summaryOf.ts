import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import { maskToken } from '../../protocol/token.ts';
import type { SessionView } from '../store/views.ts';

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
