import type { Clock } from '../../../protocol/clock.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Cause, Change, ListOf } from '../changes.ts';
import type { RememberedChange, Timeline } from '../timeline.ts';
import { EndedTimelines, type KnownSession } from './endedTimelines.ts';
import { HistoryChunks } from './historyChunks.ts';
import { NotedKeys, type WordMemory } from './notedKeys.ts';
import type { TimelineRow } from './timelineRows.ts';
import type { Gone, NewChange } from './writtenChange.ts';
import { readNewestFirst } from './readHistory.ts';

/** A change of more keys is remembered without them. Keys that all went at once are not counted. */
export const maxKeysKept = 1_000;

/** Of more sessions that begin or end together, none is remembered. */
const maxSessionsKept = 2_500;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type TimelineFacts = Pick<
  TimelineRow,
  'length' | 'dropped' | 'isFirstBroken' | 'sinceMs' | 'lastChunk' | 'lastAt'
>;

/** Of a session of which nothing is remembered yet. */
const noChanges: TimelineFacts = {
  length: 0,
  dropped: 0,
  isFirstBroken: false,
  sinceMs: 0,
  lastChunk: 0,
  lastAt: 0,
};

const noKeys: ReadonlyMap<string, JsonText> = new Map();

/** What is to be remembered of a change beside its session. */
export interface MadeChange {
  readonly kind: Change['kind'];
  readonly cause: Cause | undefined;
  /** Unix time in milliseconds. */
  readonly atMs: number;
}

/** A session that lives, with its keys as they are. */
interface LivingSession extends KnownSession {
  readonly keys: Gone;
}

/** A session whose changes are remembered. */
export interface HistorySession extends Omit<KnownSession, 'timeline'> {
  /** Absent: no inspector can have seen it. */
  readonly id: string | undefined;
  readonly term: { readonly deadlineMs: number } | undefined;
  readonly keys: Gone & {
    /** Empties them. @returns What they were, and the memory that they take. */
    takeAll(): readonly [keys: Gone, bytes: number];
  };
  /** Its number among the timelines; 0: nothing is remembered of it yet. */
  timeline: number;
}

/**
 * Remembers what has changed in sessions, up to a limit of memory; beyond it the oldest changes are dropped. Of each key the
 * value before is written down, as the value after is what the next change finds.
 *
 * Keys are noted as they change; {@link record} makes a change of what was noted since the one before.
 */
export class History {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #chunks: HistoryChunks;
  readonly #ended = new EndedTimelines();
  #isOn = false;
  #openedAtMs = 0;
  #gone: Gone | undefined;
  #goneBytes = 0;
  readonly #keys = new NotedKeys();
  #noted = 0;
  /** Used again for each change, as an object for each would have to be collected. */
  readonly #change: Writable<NewChange> = {
    kind: 'stored',
    cause: undefined,
    afterMs: 0,
    deadlineMs: undefined,
    gone: undefined,
    keyCount: 0,
    keys: undefined,
  };

  /** @param maxBytes 0: nothing is remembered. */
  constructor(clock: Clock, maxBytes: number) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#chunks = new HistoryChunks(maxBytes, (timeline) => this.#forgetEnded(timeline));
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
    return this.#chunks.bytes;
  }

  /** Notes that a key changes. @param before Undefined: it was not there. */
  note(key: string, before: JsonText | undefined): void {
    if (this.#isKept(1)) this.#keys.note(key, before);
  }

  /** As {@link note}, of keys that were there: entries that follow each other. */
  copy(memory: WordMemory, entries: { from: number; to: number; count: number }): void {
    if (this.#isKept(entries.count)) this.#keys.copy(memory, entries);
  }

  /** Counts keys that change. @returns Whether they are kept. */
  #isKept(count: number): boolean {
    if (!this.#isOn) return false;
    this.#noted += count;
    return this.#noted <= maxKeysKept && this.#keys.byteLength <= this.#maxBytes;
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
  noteGone(keys: Gone, bytes: number): void {
    if (!this.#isOn) return;
    this.#gone = keys;
    this.#goneBytes = bytes;
  }

  /** What was noted is one change of a session. */
  record(
    session: Pick<HistorySession, 'timeline' | 'term'>,
    { kind, cause, atMs }: MadeChange,
  ): void {
    if (!this.#isOn) return;
    if (session.timeline === 0) session.timeline = this.#chunks.open();
    const isMove = kind === 'extended' || kind === 'touched';
    const change = this.#change;
    change.kind = kind;
    change.cause = cause;
    change.afterMs = Math.round(atMs) - this.#openedAtMs;
    change.deadlineMs = isMove ? session.term?.deadlineMs : undefined;
    change.gone = this.#gone;
    change.keyCount = this.#noted + (this.#gone?.size ?? 0);
    change.keys = this.#noted <= maxKeysKept ? this.#keys : undefined;
    this.#write(change, session.timeline);
    this.#clearNotes();
  }

  /** Sessions began. */
  recordCreated(sessions: readonly HistorySession[], made: MadeChange): void {
    if (!this.#isOn || sessions.length > maxSessionsKept) return;
    for (const session of sessions) {
      for (const key of session.keys.keys()) this.note(key, undefined);
      this.record(session, made);
    }
  }

  /** Sessions ended. Those that no inspector can have seen are forgotten. */
  recordEnded(sessions: ListOf<HistorySession>, made: MadeChange): void {
    if (!this.#isOn) return;
    if (sessions.length > maxSessionsKept) this.#forgetAll();
    else for (const session of sessions) this.#recordEnd(session, made);
  }

  /** Whether it will remember how a session ended, with its keys. */
  keepsEnd({ id }: Pick<HistorySession, 'id'>): boolean {
    return this.#isOn && id !== undefined;
  }

  #recordEnd(session: HistorySession, made: MadeChange): void {
    const { id } = session;
    if (id === undefined || !this.keepsEnd(session)) {
      this.#release(session);
      return;
    }
    this.noteGone(...session.keys.takeAll());
    this.record(session, made);
    if (this.isEmpty(session)) {
      this.#release(session);
      return;
    }
    const { token, name, createdAtMs, sinceMs, timeline } = session;
    const before = this.#ended.add(id, { token, name, createdAtMs, sinceMs, timeline });
    if (before > 0) this.#chunks.release(before);
  }

  /** Forgets the changes of a session, which were undone, and what was noted since. */
  forget({ timeline }: Pick<HistorySession, 'timeline'>): void {
    this.#clearNotes();
    if (timeline > 0) this.#chunks.dropAll(timeline);
  }

  /** As {@link forget}, of a session of which no change follows. */
  release(session: Pick<HistorySession, 'timeline'>): void {
    this.#clearNotes();
    this.#release(session);
  }

  #release(session: Pick<HistorySession, 'timeline'>): void {
    if (session.timeline > 0) this.#chunks.release(session.timeline);
    session.timeline = 0;
  }

  /** Whether no change of a session is left. */
  isEmpty({ timeline }: Pick<HistorySession, 'timeline'>): boolean {
    return timeline === 0 || this.#chunks.rowOf(timeline).length === 0;
  }

  /** What is remembered of a session that lives. */
  timelineOf(session: LivingSession): Timeline {
    return { ...this.#timeline(session, session.keys), isEnded: false };
  }

  /** What is remembered of a session that has ended; undefined: nothing. */
  timelineOfEnded(id: string): Timeline | undefined {
    const session = this.#ended.get(id);
    return session && { ...this.#timeline(session, noKeys), isEnded: true };
  }

  #timeline(session: KnownSession, keys: Gone) {
    const { token, name, timeline } = session;
    const row = timeline > 0 ? this.#chunks.rowOf(timeline) : noChanges;
    const { length, dropped, isFirstBroken } = row;
    const openedAtMs = this.#openedAtMs;
    const sinceMs = this.#isOn ? sinceOf(session, row, openedAtMs) : this.#clock.nowMs();
    const isFirstWhole = length === 0 || !isFirstBroken;
    const chunkAt = (number: number) => this.#chunks.get(number);
    const newestFirst = (): Iterable<RememberedChange> =>
      readNewestFirst(row, { keys, openedAtMs, chunkAt });
    return { token, name, keys, length, dropped, sinceMs, isFirstWhole, newestFirst };
  }

  #clearNotes(): void {
    this.#gone = undefined;
    this.#goneBytes = 0;
    this.#noted = 0;
    this.#chunks.expect(this.#keys);
  }

  #write(change: NewChange, timeline: number): void {
    // A deadline that a connection moves again and again, by the same command, is one change.
    if (change.kind === 'extended' && this.#chunks.repeat(change, timeline)) return;
    if (change.keys && this.#chunks.canKeep(change, this.#goneBytes)) {
      this.#chunks.write(change, timeline, this.#goneBytes);
      return;
    }
    // What was before is not known any more.
    this.#chunks.dropAll(timeline);
    const unknown = { keys: undefined, gone: undefined };
    this.#chunks.write({ ...change, ...unknown }, timeline, 0);
  }

  /** Of a session that lives, the timeline stays. */
  #forgetEnded(timeline: number): void {
    if (this.#ended.delete(timeline)) this.#chunks.release(timeline);
  }

  #forgetAll(): void {
    this.#chunks.clear();
    this.#ended.clear();
  }
}

/** From when on all is remembered; undefined: from the beginning of the session. */
function sinceOf(
  { createdAtMs, sinceMs }: KnownSession,
  row: TimelineFacts,
  openedAtMs: number,
): number | undefined {
  if (row.dropped > 0) return openedAtMs + row.sinceMs;
  return sinceMs ?? (createdAtMs < openedAtMs ? openedAtMs : undefined);
}
