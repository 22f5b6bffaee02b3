import type { Refusal } from '../../protocol/frame.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { KeyStatuses } from '../../protocol/keyStatuses.ts';
import { refused, type Refused } from '../../protocol/result.ts';
import type { StatusName } from '../../protocol/status.ts';
import type { Token } from '../../protocol/token.ts';
import type { Term } from './expiry.ts';
import type { Extension, SessionView } from './sessionEngine.ts';

/** A session as the memory engine keeps it. */
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

/** Status 100, which echoes the token (decision D9). */
export function noSession(token: Token): Refused<Refusal> {
  return refused({ status: 'SessionNotExist', blamed: '', token });
}

/** Names of the keys that a command left with this status. */
export function* withStatus(statuses: KeyStatuses, wanted: StatusName): Iterable<string> {
  for (const [key, status] of statuses) if (status === wanted) yield key;
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
