import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { CreatedSession, SessionRecord, TermView } from '../changes.ts';
import type { HistorySession } from '../history/history.ts';
import type { Extension } from '../newSession.ts';
import { runningExpiry } from '../runningExpiry.ts';
import type { SessionFacts, SessionSnapshot } from '../sessionStore.ts';
import type { SessionView } from '../views.ts';
import type { Term } from './termRows.ts';
import { KeyMap } from './keyMap.ts';
import { PackedKeys } from './packedKeys.ts';
import type { Session } from './session.ts';
import type { NamedSession, SessionIndex } from './sessionIndex.ts';

// What others get of sessions: copies that stay as they are.

export function snapshotOf({
  token,
  name,
  shared,
  keys,
  term,
  extension,
}: Session): SessionSnapshot {
  const expiry = term && { durationSec: term.durationSec, deleteSession: term.deleteSession };
  return { token, name, shared, expiry, extension, ...keys.lists() };
}

export function factsOf({ shared, keys, term, extension }: Session, nowMs: number): SessionFacts {
  const expiry = term && runningExpiry(term, nowMs);
  return { shared, keyCount: keys.size, expiry, extension };
}

export function viewOf(session: Session, id: string): SessionView {
  const { token, name, shared, createdAtMs, bytes, keys, term } = session;
  const counts = { keyCount: keys.size, bytes };
  return { id, token, name, shared, createdAtMs, ...counts, expiry: termView(term) };
}

/** A copy: the term itself moves on. */
export function termView(term: Term | undefined): TermView | undefined {
  if (!term) return undefined;
  const { durationSec, deleteSession, startMs, deadlineMs } = term;
  return { durationSec, deleteSession, startMs, deadlineMs };
}

/** A new session as a change has it; its id is made when somebody asks for it. */
export function createdSession(session: Session, index: SessionIndex): CreatedSession {
  return new LazyCreated(session, index);
}

/** A getter of a class: one in a literal costs several microseconds, as each object then has a shape of its own. */
class LazyCreated implements CreatedSession {
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly createdAtMs: number;
  readonly extension: Extension | undefined;
  readonly term: TermView | undefined;
  readonly keys: readonly string[];
  readonly values: readonly JsonText[];
  readonly #session: Session;
  readonly #index: SessionIndex;

  constructor(session: Session, index: SessionIndex) {
    const { token, name, shared, createdAtMs, extension, keys, term } = session;
    this.token = token;
    this.name = name;
    this.shared = shared;
    this.createdAtMs = createdAtMs;
    this.extension = extension;
    this.term = termView(term);
    const lists = keys.lists();
    this.keys = lists.keys;
    this.values = lists.values;
    this.#session = session;
    this.#index = index;
  }

  get id(): string {
    return this.#index.idWith(this.#session, this.token);
  }

  get number(): number {
    return this.#session.row;
  }
}

/** All of a session, as a snapshot of the store has it. */
export function recordOf(session: Session): SessionRecord {
  const { token, name, shared, createdAtMs, extension, keys, term } = session;
  return { token, name, shared, createdAtMs, extension, term: termView(term), ...keys.lists() };
}

/** A session that has left the table: what others still need of it. */
export interface GoneSession extends HistorySession, NamedSession {
  id: string | undefined;
}

/** @param hasKeys Whether somebody wants to know what they were. */
export function goneSession(session: Session, hasKeys: boolean): GoneSession {
  const { token, name, createdAtMs, id, timeline, row } = session;
  const keys = hasKeys ? session.keys.taken() : noKeys;
  return { token, name, createdAtMs, term: undefined, id, timeline, row, keys, isIn: false };
}

const noKeys = new KeyMap({ packed: new PackedKeys(), block: 0, large: undefined });
