import type { Clock } from '../../../protocol/clock.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Cause, Change, ListOf } from '../changes.ts';
import type { Timeline } from '../timeline.ts';
import type { Session } from './session.ts';
import { PlaceOrder } from './placeOrder.ts';
import { bytesOfChange, bytesOfKeyChange, SessionHistory } from './sessionHistory.ts';
import type { NewChange } from './historySlots.ts';

/** A change of more keys is remembered without them. Keys that all went at once are not counted. */
export const maxKeysKept = 1_000;

/** Of more sessions that begin or end together, none is remembered. */
const maxSessionsKept = 2_500;

/** One session takes so much of the memory for all at most. */
const sessionShare = 1 / 4;

const noKeys: ReadonlyMap<string, JsonText> = new Map();

/** What is known of a session that has ended. */
interface EndedSession {
  readonly token: Session['token'];
  readonly name: string;
  readonly createdAtMs: number;
  readonly history: SessionHistory;
}

/**
 * Remembers what has changed in sessions, up to a limit of memory; beyond it the oldest changes are dropped. Values are
 * the texts that the store has or had, so a change costs a few references.
 *
 * Keys are noted as they change; {@link record} makes a change of what was noted since the one before.
 */
export class History {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #maxSessionBytes: number;
  readonly #order = new PlaceOrder();
  /** Sessions that have ended and have changes left, by id. */
  readonly #ended = new Map<string, EndedSession>();
  #isOn = false;
  #openedAtMs = 0;
  #bytes = 0;
  #gone: ReadonlyMap<string, JsonText> | undefined;
  #deltas: (string | undefined)[] = [];
  #noted = 0;
  #notedBytes = 0;

  /** @param maxBytes 0: nothing is remembered. */
  constructor(clock: Clock, maxBytes: number) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#maxSessionBytes = maxBytes * sessionShare;
  }

  /** Changes from now on are remembered. */
  start(): void {
    this.#isOn = this.#maxBytes > 0;
    this.#openedAtMs = Math.round(this.#clock.nowMs());
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Notes what becomes of a key. @param key Kept as it is: it must not keep a message alive. */
  note(key: string, before: JsonText | undefined, after: JsonText | undefined): void {
    if (!this.#isOn) return;
    this.#noted += 1;
    if (this.#noted > maxKeysKept) return;
    this.#deltas.push(key, before, after);
    this.#notedBytes += bytesOfKeyChange(key, before);
  }

  /** Notes that so many keys change at once. */
  noteMany(count: number): void {
    if (this.#isOn) this.#noted += Math.max(count, maxKeysKept + 1);
  }

  /**
   * Notes that all keys go, as the first of a change.
   * @param keys Never changed any more.
   * @param bytes Memory that they take.
   */
  noteGone(keys: ReadonlyMap<string, JsonText>, bytes: number): void {
    if (!this.#isOn) return;
    this.#gone = keys;
    this.#notedBytes += bytes;
  }

  /** What was noted is one change of a session. */
  record(session: Session, kind: Change['kind'], cause: Cause | undefined): void {
    if (!this.#isOn) return;
    session.history ??= new SessionHistory();
    const isMove = kind === 'extended' || kind === 'touched';
    const change = this.#take(kind, cause, isMove ? session.term?.deadlineMs : undefined);
    // A deadline that a connection moves again and again, by the same command, is one change.
    if (kind !== 'extended' || !session.history.repeat(change)) this.#add(change, session.history);
  }

  /** Sessions began. */
  recordCreated(sessions: readonly Session[], cause: Cause): void {
    if (!this.#isOn || sessions.length > maxSessionsKept) return;
    for (const session of sessions) {
      for (const [key, value] of session.keys) this.note(key, undefined, value);
      this.record(session, 'created', cause);
    }
  }

  /** Sessions ended. Those that no inspector can have seen are forgotten. */
  recordEnded(sessions: ListOf<Session>, cause: Cause | undefined): void {
    if (!this.#isOn) return;
    if (sessions.length > maxSessionsKept) this.#forgetAll();
    else for (const session of sessions) this.#recordEnd(session, cause);
  }

  #recordEnd(session: Session, cause: Cause | undefined): void {
    const { id } = session;
    if (id === undefined) {
      this.#dropAll(session.history);
      return;
    }
    this.noteGone(session.keys, session.bytes);
    this.record(session, 'ended', cause);
    const { token, name, createdAtMs, history } = session;
    if (!history || history.length === 0) return;
    history.endedId = id;
    this.#ended.set(id, { token, name, createdAtMs, history });
  }

  /** Forgets the changes of a session, which were undone, and what was noted since. */
  forget(session: Session): void {
    this.#take('replaced', undefined);
    this.#dropAll(session.history);
  }

  /** What is remembered of a session that lives. */
  timelineOf(session: Session): Timeline {
    const { token, name, createdAtMs, keys, history = new SessionHistory() } = session;
    return { ...this.#timeline({ token, name, createdAtMs, history }), isEnded: false, keys };
  }

  /** What is remembered of a session that has ended; undefined: nothing. */
  timelineOfEnded(id: string): Timeline | undefined {
    const session = this.#ended.get(id);
    return session && { ...this.#timeline(session), isEnded: true, keys: noKeys };
  }

  #timeline({ token, name, createdAtMs, history }: EndedSession) {
    const { length, dropped, first } = history;
    const openedAtMs = this.#openedAtMs;
    const firstAtMs = first ? openedAtMs + first.atMs : this.#clock.nowMs();
    const isComplete = this.#isOn && dropped === 0;
    const sinceMs = isComplete ? Math.max(openedAtMs, createdAtMs) : firstAtMs;
    const newestFirst = () => history.newestFirst(openedAtMs);
    return { token, name, length, dropped, sinceMs, newestFirst };
  }

  #take(kind: Change['kind'], cause: Cause | undefined, deadlineMs?: number): NewChange {
    const isKept = this.#noted <= maxKeysKept;
    const gone = this.#gone;
    const change = {
      kind,
      cause,
      afterMs: Math.round(this.#clock.nowMs()) - this.#openedAtMs,
      detail: isKept ? (gone ?? deadlineMs) : undefined,
      keyCount: this.#noted + (gone?.size ?? 0),
      deltas: isKept ? this.#deltas : [],
      bytes: bytesOfChange + (isKept ? this.#notedBytes : 0),
    };
    this.#gone = undefined;
    if (this.#noted > 0) this.#deltas = [];
    this.#noted = 0;
    this.#notedBytes = 0;
    return change;
  }

  #add(change: NewChange, history: SessionHistory): void {
    const isTooLarge = change.bytes > this.#maxSessionBytes;
    const added = isTooLarge ? withoutKeys(change) : change;
    history.add(added);
    this.#order.add(history);
    this.#bytes += added.bytes;
    // What was before a change that is not whole is not known.
    if (!history.isLastWhole) while (history.length > 1) this.#drop(history);
    while (history.bytes > this.#maxSessionBytes) this.#drop(history);
    while (this.#bytes > this.#maxBytes) {
      const oldest = this.#order.takeOldest();
      if (!oldest) break;
      this.#forgetOldest(oldest);
    }
  }

  #dropAll(history: SessionHistory | undefined): void {
    while (history && history.length > 0) this.#drop(history);
  }

  /** Drops the oldest change of a session. */
  #drop(history: SessionHistory): void {
    this.#forgetOldest(history);
    this.#order.noteDropped(history);
  }

  #forgetOldest(history: SessionHistory): void {
    this.#bytes -= history.drop();
    const { length, endedId } = history;
    if (length > 0 || endedId === undefined) return;
    if (this.#ended.get(endedId)?.history === history) this.#ended.delete(endedId);
  }

  /** In no time, however much it is. */
  #forgetAll(): void {
    this.#order.clear();
    this.#ended.clear();
    this.#bytes = 0;
  }
}

function withoutKeys(change: NewChange): NewChange {
  return { ...change, detail: undefined, deltas: [], bytes: bytesOfChange };
}
