import type { Clock } from '../../../protocol/clock.ts';
import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { EndedSession, ListOf, SessionRef, TermView } from '../changes.ts';
import { EndedSessions } from '../history/endedSessions.ts';
import { History, type HistorySession, type MadeChange } from '../history/history.ts';
import { writersOf } from '../history/writersOf.ts';
import { bytesOfKey } from '../keyBytes.ts';
import type { Timeline, Writer } from '../timeline.ts';
import type { BucketKeys } from './bucketKeys.ts';
import type { GoneKeys, PublishedChange } from './readChange.ts';

/** Sessions of which changes are remembered at most. */
const maxSessions = 200_000;

interface Remembered extends Pick<HistorySession, 'timeline' | 'term'> {
  /** Whether it has been followed from its beginning on. */
  readonly isWhole: boolean;
}

/** A session as it was read. */
interface ReadSession extends Pick<HistorySession, 'token' | 'name' | 'createdAtMs'> {
  readonly keys: ReadonlyMap<string, JsonText>;
}

interface FeedHistoryParts {
  readonly clock: Clock;
  readonly keys: BucketKeys;
  readonly maxBytes: number;
}

/** Remembers the changes that a feed brings: those of all servers, from when it began to be followed. */
export class FeedHistory {
  readonly #clock: Clock;
  readonly #keys: BucketKeys;
  readonly #history: History;
  readonly #ended = new EndedSessions();
  readonly #sessions = new Map<Token, Remembered>();
  /** From when on no change of a bucket is missing, where that is later than of others. */
  readonly #since = new Map<number, number>();
  #sinceMs: number;

  constructor({ clock, keys, maxBytes }: FeedHistoryParts) {
    this.#clock = clock;
    this.#keys = keys;
    this.#sinceMs = clock.nowMs();
    this.#history = new History(clock, maxBytes);
    this.#history.start();
  }

  get bytes(): number {
    return this.#history.bytes;
  }

  note({ change, before, gone }: PublishedChange): void {
    const { kind, cause, atMs } = change;
    const made = { kind, cause, atMs };
    switch (kind) {
      case 'created':
        for (const { token, term, keys } of change.sessions) {
          for (const key of keys) this.#history.note(key, undefined);
          this.#record({ token, term, isWhole: true }, made);
        }
        return;
      case 'ended':
        this.#noteEnded(change.sessions, gone, made);
        return;
      case 'stored':
      case 'removed':
        for (const [at, key] of change.keys.entries()) this.#history.note(key, before[at]);
        break;
      case 'replaced':
        this.#noteGone(gone[0]);
        for (const key of change.keys) this.#history.note(key, undefined);
        break;
      case 'cleared':
        this.#noteGone(gone[0]);
        break;
      case 'extended':
      case 'touched':
        break;
    }
    const { token } = change.session;
    this.#record({ token, term: 'term' in change ? change.term : undefined }, made);
  }

  #record(
    {
      token,
      term,
      isWhole = false,
    }: { token: Token; term?: TermView | undefined; isWhole?: boolean },
    made: MadeChange,
  ): void {
    const before = this.#sessions.get(token);
    if (before && isWhole) this.#history.release(before);
    const known = isWhole ? undefined : before;
    const session = { timeline: known?.timeline ?? 0, term, isWhole: known?.isWhole ?? isWhole };
    this.#history.record(session, made);
    this.#sessions.set(token, session);
    if (this.#sessions.size > maxSessions) this.#forgetSome();
  }

  #noteGone(gone: GoneKeys | undefined): void {
    if (!gone) return;
    if (isKnown(gone)) this.#history.noteGone(gone.keys, bytesOf(gone.keys));
    else this.#history.noteMany(gone.count);
  }

  #noteEnded(refs: ListOf<SessionRef>, gone: readonly GoneKeys[], made: MadeChange): void {
    for (const [at, { token, id }] of [...refs].entries()) {
      const keys = gone[at];
      if (!keys) continue;
      if (!isKnown(keys)) this.#history.noteMany(keys.count);
      const { name, createdAtMs } = keys;
      const { sinceMs, timeline } = this.#knownOf(token);
      const facts = { id, token, name, createdAtMs, sinceMs, timeline, term: undefined };
      this.#ended.note([facts], made);
      this.#history.recordEnded([{ ...facts, keys: new EndedKeys(keys.keys) }], made);
      this.#sessions.delete(token);
    }
  }

  /** What is remembered of a session that lives, which is as it was after the last change that is remembered. */
  timelineOf(session: ReadSession): Timeline {
    return this.#history.timelineOf({ ...session, ...this.#knownOf(session.token) });
  }

  #knownOf(token: Token) {
    const { timeline = 0, isWhole = false } = this.#sessions.get(token) ?? {};
    const sinceMs = this.#since.get(this.#keys.bucketOf(token)) ?? this.#sinceMs;
    return { timeline, sinceMs: isWhole ? undefined : sinceMs };
  }

  /** Undefined: nothing is remembered. */
  timelineOfEnded(id: string): Timeline | undefined {
    return this.#history.timelineOfEnded(id);
  }

  /** Sessions that have ended, the newest first. */
  listEnded(): EndedSession[] {
    return this.#ended.list();
  }

  /** Who wrote these keys last, which are there. */
  writersOf(token: Token, keys: Iterable<string>): ReadonlyMap<string, Writer> {
    const session = { token, name: '', createdAtMs: 0, keys: new Map<string, JsonText>() };
    return writersOf(this.timelineOf(session), keys);
  }

  /** Changes of this bucket are missing: what was remembered of its sessions is of no use. */
  forget(bucket: number): void {
    this.#since.set(bucket, this.#clock.nowMs());
    for (const [token, session] of this.#sessions) {
      if (this.#keys.bucketOf(token) !== bucket) continue;
      this.#history.release(session);
      this.#sessions.delete(token);
    }
  }

  /** First those of which no change is left. */
  #forgetSome(): void {
    for (const [token, session] of this.#sessions) {
      if (!this.#history.isEmpty(session)) continue;
      this.#history.release(session);
      this.#since.set(this.#keys.bucketOf(token), this.#clock.nowMs());
      this.#sessions.delete(token);
    }
    if (this.#sessions.size < maxSessions / 2) return;
    for (const session of this.#sessions.values()) this.#history.release(session);
    this.#sessions.clear();
    this.#since.clear();
    this.#sinceMs = this.#clock.nowMs();
  }
}

function isKnown({ count, keys }: GoneKeys): boolean {
  return keys.size === count;
}

/** Keys of a session that has ended, to be handed over. */
class EndedKeys extends Map<string, JsonText> {
  takeAll(): readonly [keys: ReadonlyMap<string, JsonText>, bytes: number] {
    return [this, bytesOf(this)];
  }
}

function bytesOf(keys: ReadonlyMap<string, JsonText>): number {
  let bytes = 0;
  for (const [key, value] of keys) bytes += bytesOfKey(key, value);
  return bytes;
}

/** Makes of the keys of a session what a change has made of them. */
export function applyTo(keys: Map<string, JsonText>, { change }: PublishedChange): void {
  switch (change.kind) {
    case 'stored':
      putAll(keys, change);
      break;
    case 'replaced':
      keys.clear();
      putAll(keys, change);
      break;
    case 'removed':
      for (const key of change.keys) keys.delete(key);
      break;
    case 'cleared':
    case 'ended':
      keys.clear();
      break;
    case 'created':
      keys.clear();
      for (const session of change.sessions) putAll(keys, session);
      break;
    case 'extended':
    case 'touched':
      break;
  }
}

function putAll(
  keys: Map<string, JsonText>,
  stored: { readonly keys: readonly string[]; readonly values: readonly JsonText[] },
): void {
  for (const [at, key] of stored.keys.entries())
    keys.set(key, stored.values[at] ?? asJsonText('null'));
}
