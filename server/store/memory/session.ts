import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { CreatedSession, SessionRecord, TermView } from '../changes.ts';
import { detachText } from '../detachText.ts';
import type { Extension } from '../newSession.ts';
import type { RestoredSession, SessionFacts, SessionSnapshot } from '../sessionStore.ts';
import type { SessionView } from '../views.ts';
import type { SessionHistory } from '../history/historyChunks.ts';
import { runningExpiry } from '../runningExpiry.ts';
import { startTerm, type Term } from './expiry.ts';
import { KeyMap, bytesOfTexts } from './keyMap.ts';
import type { PackedKeys } from './packedKeys.ts';
import { bytesOfSession } from './usage.ts';

/** A session as the memory store keeps it. */
export interface Session {
  /** Absent until it is needed: see {@link SessionIndex}. */
  id: string | undefined;
  /** See {@link SessionNumbers}; 0: it has none, less than 0: it has left. */
  number: number;
  /** Counts up with each session that is added to the table; in a load, with each of that load. */
  order: number;
  /** Absent: it was added as the only one. */
  load: LoadMark | undefined;
  /** Its neighbours in its {@link SessionChain}. */
  previous: Session | undefined;
  next: Session | undefined;
  readonly token: Token;
  readonly name: string;
  readonly shared: boolean;
  readonly createdAtMs: number;
  readonly keys: KeyMap;
  /** Memory that it takes with its keys; kept by the table. */
  bytes: number;
  /** When keys changed last, in milliseconds since the store was made; 0: never. */
  changedAt: number;
  /** How often all keys have gone. */
  clears: number;
  /** Absent: never expires. */
  term: SessionTerm | undefined;
  /** Absent: nothing is remembered of it yet. */
  history: SessionHistory | undefined;
  readonly extension: Extension | undefined;
}

/** Shared by all sessions that were put back together. */
export interface LoadMark {
  /** How many sessions had been added before. */
  before: number;
}

/** A place among all sessions that have ever been added to the table. */
export function orderOf({ order, load }: Session): number {
  return load ? load.before + order : order;
}

/** A term that knows its session; set as soon as there is one. */
export interface SessionTerm extends Term {
  session?: Session;
  /** How often the keys have expired. */
  restarts?: number;
}

/** Where a session is made: when its time starts, and where its keys are kept. */
export interface Birth {
  readonly nowMs: number;
  readonly packed: PackedKeys;
}

/** A session whose time starts now, unless it says when. @param textBytes Of all its keys and values. */
export function sessionOf(
  { token, name, shared, expiry, extension, keys, startMs }: RestoredSession,
  { nowMs, packed }: Birth,
  textBytes: number = textBytesOf(keys),
): Session {
  const term: SessionTerm | undefined = expiry && startTerm(expiry, startMs ?? nowMs);
  const kept = new KeyMap(packed);
  if (keys.size > 0) kept.replace(keys, textBytes);
  const facts = { token, name: detachText(name), shared, createdAtMs: nowMs, extension };
  return unplaced(facts, kept, term);
}

/** The session that a change created. */
export function replayedSession(created: SessionRecord, packed: PackedKeys): Session {
  const { token, name, shared, createdAtMs, extension } = created;
  const term: SessionTerm | undefined = created.term && { ...created.term, heapIndex: -1 };
  const kept = new KeyMap(packed);
  kept.fill(created);
  return unplaced({ token, name, shared, createdAtMs, extension }, kept, term);
}

type Facts = Pick<Session, 'token' | 'name' | 'shared' | 'createdAtMs' | 'extension'>;

/**
 * A session that is in no table yet. Its members stand in one literal: those that come by spreading take a list of their own
 * beside the object, which is a tenth of the memory of a small session.
 */
function unplaced(
  { token, name, shared, createdAtMs, extension }: Facts,
  keys: KeyMap,
  term: SessionTerm | undefined,
): Session {
  const session: Session = {
    id: undefined,
    number: 0,
    order: 0,
    load: undefined,
    previous: undefined,
    next: undefined,
    token,
    name,
    shared,
    createdAtMs,
    keys,
    bytes: bytesOfSession(name) + keys.bytes,
    changedAt: 0,
    clears: 0,
    term,
    history: undefined,
    extension,
  };
  if (term) term.session = session;
  return session;
}

function textBytesOf(keys: ReadonlyMap<string, JsonText>): number {
  let bytes = 0;
  for (const [key, value] of keys) bytes += bytesOfTexts(key, value);
  return bytes;
}

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

/** What sessions are known by. */
export interface SessionNames {
  idOf(session: Session): string;
  readonly numbers: { numberOf(session: Session): number };
}

/** A new session as a change has it; its id is made when somebody asks for it. */
export function createdSession(session: Session, names: SessionNames): CreatedSession {
  return new LazyCreated(session, names);
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
  readonly #names: SessionNames;

  constructor(session: Session, names: SessionNames) {
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
    this.#names = names;
  }

  get id(): string {
    return this.#names.idOf(this.#session);
  }

  get number(): number {
    return this.#names.numbers.numberOf(this.#session);
  }
}

/** All of a session, as a snapshot of the store has it. */
export function recordOf(session: Session): SessionRecord {
  const { token, name, shared, createdAtMs, extension, keys, term } = session;
  return { token, name, shared, createdAtMs, extension, term: termView(term), ...keys.lists() };
}
