import type { Refusal } from '../../../protocol/frame.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../../protocol/keyStatuses.ts';
import { refused, type Refused } from '../../../protocol/result.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import { detachText } from '../detachText.ts';
import { startTerm, type Term } from './expiry.ts';
import type { Extension, RestoredSession, SessionSnapshot, SessionView } from '../sessionStore.ts';

/** A session as the memory store keeps it. */
export interface Session {
  readonly id: string;
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly createdAtMs: number;
  readonly keys: Map<string, JsonText>;
  /** Absent: never expires. */
  readonly term: SessionTerm | undefined;
  readonly extension: Extension | undefined;
}

/** A term that knows its session; set as soon as there is one. */
export interface SessionTerm extends Term {
  session?: Session;
  /** How often the keys have expired. */
  restarts?: number;
}

/** A session whose time starts now. */
export function sessionOf(
  { token, name, shared, expiry, extension, keys }: RestoredSession,
  { id, nowMs }: { id: string; nowMs: number },
): Session {
  const term: SessionTerm | undefined = expiry && startTerm(expiry, nowMs);
  const kept = { name: detachText(name), shared, createdAtMs: nowMs, extension };
  const session: Session = { id, token, ...kept, keys, term };
  if (term) term.session = session;
  return session;
}

/** Status 100, which echoes the token (decision D9). */
export function noSession(token: Token): Refused<Refusal> {
  return refused({ status: 'SessionNotExist', blamed: '', token });
}

/** Names of the keys that a command left with this status. */
export function* withStatus(statuses: KeyStatuses, wanted: StatusName): Iterable<string> {
  for (const [key, status] of statuses) if (status === wanted) yield key;
}

/** Lists are copied by V8's fast path: a twentieth of the time of a new Map. */
export function snapshotOf({
  token,
  name,
  shared,
  keys,
  term,
  extension,
}: Session): SessionSnapshot {
  const expiry = term && { durationSec: term.durationSec, deleteSession: term.deleteSession };
  const lists = { keys: [...keys.keys()], values: [...keys.values()] };
  return { token, name, shared, expiry, extension, ...lists };
}

export function viewOf({ keys, term, ...session }: Session): SessionView {
  const expiry = term && {
    durationSec: term.durationSec,
    deleteSession: term.deleteSession,
    deadlineMs: term.deadlineMs,
  };
  const { id, token, name, shared, createdAtMs } = session;
  return { id, token, name, shared, createdAtMs, keyCount: keys.size, expiry };
}
