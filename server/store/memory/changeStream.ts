import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Clock } from '../../../protocol/clock.ts';
import type {
  Cause,
  Change,
  ChangeFacts,
  ChangeListener,
  IsNews,
  KeptChange,
  CreatedSession,
  CreatedSessions,
  ListOf,
} from '../changes.ts';
import type { Session } from './session.ts';
import { createdSession, termView, type GoneSession } from './sessionCopies.ts';
import { EndedSessions } from '../history/endedSessions.ts';
import type { History, MadeChange } from '../history/history.ts';
import type { SessionIndex } from './sessionIndex.ts';

/** A list of so many is made at once. */
const maxMappedAtOnce = 1_000;

interface Subscription {
  readonly listener: ChangeListener;
  readonly isNews: IsNews;
}

const always = () => true;

/** Why keys changed, and whether the deadline moved as well. */
export interface KeysCause {
  readonly cause: Cause;
  readonly isExtended?: boolean;
  /** Of the session, where it is at hand: to make its text takes longer than all else about a change. */
  readonly token?: Token;
}

/**
 * Numbers the changes of the store and hands them to those who follow it, one method for each kind.
 * While nobody follows, or a change is news to nobody, it is only counted: no list is made for it.
 */
export class ChangeStream {
  readonly #clock: Clock;
  readonly #index: SessionIndex;
  readonly #history: History;
  #listeners: readonly Subscription[] = [];
  #keeper: ((change: KeptChange) => void) | undefined;
  /** When the store was made: Unix time in milliseconds. */
  readonly madeAtMs: number;
  readonly recentlyEnded = new EndedSessions();
  #sequence = 0;
  /** The change of a session that was made last: an object for each would have to be collected. */
  readonly #made: { -readonly [K in keyof MadeChange]: MadeChange[K] } = {
    kind: 'stored',
    cause: undefined,
    atMs: 0,
  };

  constructor(clock: Clock, { index, history }: { index: SessionIndex; history: History }) {
    this.#clock = clock;
    this.madeAtMs = clock.nowMs();
    this.#index = index;
    this.#history = history;
  }

  /** @param keeper Gets each change, before those who follow. */
  keep(keeper: (change: KeptChange) => void): void {
    this.#keeper = keeper;
  }

  /** @param isNews See {@link SessionStore.subscribe}. */
  subscribe(listener: ChangeListener, isNews: IsNews = always): () => void {
    const subscription = { listener, isNews };
    this.#listeners = [...this.#listeners, subscription];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== subscription);
    };
  }

  /** Continues counting after the last of replayed changes. */
  resumeAfter(sequence: number): void {
    this.#sequence = sequence;
  }

  close(): void {
    this.#listeners = [];
    this.#keeper = undefined;
  }

  created(added: readonly Session[], cause: Cause, by: 'command' | 'load' = 'command'): void {
    if (added.length === 0) return;
    const made = { kind: 'created', cause, atMs: this.#clock.nowMs() } as const;
    this.#history.recordCreated(added, made);
    if (!this.#count()) return;
    const sessions = added.map((each) => createdSession(each, this.#index));
    this.#publish({ kind: 'created', sessions, ...this.#facts(made), by });
  }

  /** Whether {@link loaded} should have records. */
  get isFollowed(): boolean {
    return this.#keeper !== undefined || this.#listeners.length > 0;
  }

  /** Very many were put back. @param sessions Absent: nobody followed when that began. */
  loaded(sessions: CreatedSessions<CreatedSession> | undefined, cause: Cause): void {
    if (!this.#count()) return;
    const facts = this.#facts({ cause, atMs: this.#clock.nowMs() });
    if (sessions) this.#publish({ kind: 'created', sessions, ...facts, by: 'load' });
    else for (const { listener } of this.#listeners) listener({ kind: 'gap' });
  }

  /**
   * @param gone In a list that stays as it is.
   * @param cause Absent: a deadline.
   */
  ended(gone: ListOf<GoneSession>, cause: Cause | undefined): void {
    if (gone.length === 0) return;
    const made = { kind: 'ended', cause, atMs: this.#clock.nowMs() } as const;
    this.recentlyEnded.note(gone, made);
    this.#history.recordEnded(gone, made);
    if (!this.#count()) return;
    const sessions = mapped(gone, (each) => this.#index.refOf(each));
    this.#publish({ kind: 'ended', sessions, ...this.#facts(made) });
  }

  extended(session: Session, cause: Cause): void {
    const made = this.#record(session, 'extended', cause);
    if (!this.#countOf(session)) return;
    const term = termView(session.term);
    const ref = this.#index.refOf(session);
    if (term) this.#publish({ kind: 'extended', session: ref, term, ...this.#facts(made) });
  }

  touched(session: Session, cause: Cause): void {
    const made = this.#record(session, 'touched', cause);
    if (!this.#countOf(session)) return;
    const term = termView(session.term);
    const ref = this.#index.refOf(session);
    this.#publish({ kind: 'touched', session: ref, term, ...this.#facts(made) });
  }

  stored(
    session: Session,
    names: Iterable<string>,
    { cause, isExtended = false }: KeysCause,
  ): void {
    const made = this.#recordKeys(session, 'stored', cause);
    if (!this.#countOf(session)) return;
    const keys = [...names];
    const values = session.keys.pick(keys).map((value) => value ?? jsonNull);
    const term = isExtended ? termView(session.term) : undefined;
    const ref = this.#index.refOf(session);
    this.#publish({ kind: 'stored', session: ref, keys, values, term, ...this.#facts(made) });
  }

  /** As {@link stored}, with the values in hand. @param entries Lists that stay as they are. */
  storedAll(
    session: Session,
    { keys, values }: { readonly keys: readonly string[]; readonly values: readonly JsonText[] },
    { cause, isExtended = false, token }: KeysCause,
  ): void {
    const made = this.#recordKeys(session, 'stored', cause);
    if (!this.#count()) return;
    const sequence = this.#sequence;
    const term = isExtended ? termView(session.term) : undefined;
    const { atMs } = made;
    if (this.#keeper) {
      const known = { token: token ?? session.token };
      const by = 'command';
      this.#keeper({ kind: 'stored', sequence, session: known, keys, values, term, atMs, by });
    }
    if (!this.#isNews(session.row)) return;
    const ref = this.#index.refOf(session);
    this.#inform({ kind: 'stored', session: ref, keys, values, term, ...this.#facts(made) });
  }

  replaced(session: Session, cause: Cause): void {
    const made = this.#recordKeys(session, 'replaced', cause);
    if (!this.#countOf(session)) return;
    const { keys, values } = session.keys.lists();
    const ref = this.#index.refOf(session);
    this.#publish({ kind: 'replaced', session: ref, keys, values, ...this.#facts(made) });
  }

  removed(
    session: Session,
    names: Iterable<string>,
    { cause, isExtended = false }: KeysCause,
  ): void {
    const made = this.#recordKeys(session, 'removed', cause);
    if (!this.#countOf(session)) return;
    const term = isExtended ? termView(session.term) : undefined;
    const ref = this.#index.refOf(session);
    const keys = [...names];
    this.#publish({ kind: 'removed', session: ref, keys, term, ...this.#facts(made) });
  }

  /** @param cause Absent: a deadline, after which the next term runs. */
  cleared(session: Session, cause: Cause | undefined): void {
    const made = this.#recordKeys(session, 'cleared', cause);
    if (!this.#countOf(session)) return;
    const term = cause ? undefined : termView(session.term);
    const ref = this.#index.refOf(session);
    this.#publish({ kind: 'cleared', session: ref, term, ...this.#facts(made) });
  }

  #recordKeys(session: Session, kind: Change['kind'], cause: Cause | undefined): MadeChange {
    const made = this.#record(session, kind, cause);
    // A whole number takes no memory of its own.
    session.changedAt = Math.max(1, Math.floor(made.atMs - this.madeAtMs));
    return made;
  }

  #record(session: Session, kind: Change['kind'], cause: Cause | undefined): MadeChange {
    const made = this.#made;
    made.kind = kind;
    made.cause = cause;
    made.atMs = this.#clock.nowMs();
    this.#history.record(session, made);
    return made;
  }

  /** @returns Whether anybody follows. */
  #count(): boolean {
    this.#sequence += 1;
    return this.isFollowed;
  }

  /** @returns Whether a change of the session is news to anybody. */
  #countOf(session: Session): boolean {
    if (!this.#count()) return false;
    return this.#keeper !== undefined || this.#isNews(session.row);
  }

  #isNews(session: number): boolean {
    for (const { isNews } of this.#listeners) if (isNews(session)) return true;
    return false;
  }

  /** Spread into a literal of known shape, which costs a tenth of spreading an event of any kind. */
  #facts({ cause, atMs }: Pick<MadeChange, 'cause' | 'atMs'>): ChangeFacts {
    return { sequence: this.#sequence, atMs, by: cause ? 'command' : 'deadline', cause };
  }

  #publish(change: Change): void {
    this.#keeper?.(change);
    this.#inform(change);
  }

  #inform(change: Change): void {
    for (const { listener } of this.#listeners) listener(change);
  }
}

/** The same list; when it is very long, each of it is mapped when somebody comes to it. */
function mapped<T, R>(list: ListOf<T>, map: (item: T) => R): ListOf<R> {
  const { length } = list;
  if (length <= maxMappedAtOnce) return Array.from(list, map);
  return {
    length,
    *[Symbol.iterator]() {
      for (const item of list) yield map(item);
    },
  };
}
