import type { Client } from '../client.ts';
import { CommandError } from '../errors.ts';
import { SessionDirectory } from './sessionDirectory.ts';
import { cookieSeconds, restoredData, storedMembers, type SessionData } from './sessionData.ts';
import type { Session } from '../session.ts';
import type { RawJson } from '../storedText.ts';

/** How sessions are kept. */
export interface StoreOptions {
  /** The store does not close it. */
  readonly client: Client;
  /** What names of sessions begin with. Default: `sess:`. */
  readonly prefix?: string;
  /** Seconds that a session without `cookie.maxAge` is kept. Default: 86,400, a day. */
  readonly ttl?: number;
  /** A session that was not changed is touched at most once in so many seconds. Default: 0, at each request. */
  readonly touchAfter?: number;
}

type Done<T = void> = (error?: unknown, result?: T) => void;

/** What express-session calls. */
export interface SeshdeckStore {
  get(sid: string, done: Done<SessionData | null>): void;
  set(sid: string, data: SessionData, done?: Done): void;
  destroy(sid: string, done?: Done): void;
  touch(sid: string, data: SessionData, done?: Done): void;
  all(done: Done<SessionData[]>): void;
  length(done: Done<number>): void;
  clear(done?: Done): void;
}

/** The class that stores of express-session extend, on its function `session`. */
interface SessionModule<S> {
  readonly Store: abstract new (...args: never[]) => S;
}

/** What it has that is used here. */
interface BaseStore {
  createSession(request: object, data: SessionData): SessionData;
}

/**
 * A store for express-session: `session({ store: seshdeckStore(session, { client }), … })`. Every member of
 * `req.session` is a key of its own, and only what a request has changed is written.
 */
export function seshdeckStore<S extends object>(
  session: SessionModule<S>,
  options: StoreOptions,
): S & SeshdeckStore {
  // Its constructor takes options that no store needs.
  const Base = session.Store as unknown as new () => BaseStore;
  class Store extends Base implements SeshdeckStore {
    readonly #sessions = new StoredSessions(options);

    get(sid: string, done: Done<SessionData | null>): void {
      settle(this.#sessions.read(sid), done);
    }

    /** Remembers what the request began with, under the object that it works on. */
    override createSession(request: object, data: SessionData): SessionData {
      const made = super.createSession(request, data);
      this.#sessions.follow(made, data);
      return made;
    }

    set(sid: string, data: SessionData, done?: Done): void {
      settle(this.#sessions.write(sid, data), done);
    }

    destroy(sid: string, done?: Done): void {
      settle(this.#sessions.end(sid), done);
    }

    touch(sid: string, data: SessionData, done?: Done): void {
      settle(this.#sessions.touch(sid, data), done);
    }

    all(done: Done<SessionData[]>): void {
      settle(this.#sessions.all(), done);
    }

    length(done: Done<number>): void {
      settle(this.#sessions.count(), done);
    }

    clear(done?: Done): void {
      settle(this.#sessions.clear(), done);
    }
  }
  return new Store() as unknown as S & SeshdeckStore; // It extends the class that was given.
}

/** Calls back outside the promise, so that what the application throws there is not taken for a rejection. */
function settle<T>(promise: Promise<T>, done: Done<T> = () => undefined): void {
  promise.then(
    (result) => queueMicrotask(done.bind(undefined, null, result)),
    (error: unknown) => queueMicrotask(done.bind(undefined, error)),
  );
}

/** Texts of the members of a session, as they were read or written last. */
type Known = ReadonlyMap<string, string>;

class StoredSessions {
  readonly #directory: SessionDirectory;
  readonly #ttl: number;
  readonly #touchAfterMs: number;
  readonly #known = new WeakMap<object, Known>();

  constructor({ client, prefix = 'sess:', ttl = 86_400, touchAfter = 0 }: StoreOptions) {
    this.#directory = new SessionDirectory(client, prefix);
    this.#ttl = ttl;
    this.#touchAfterMs = touchAfter * 1000;
  }

  async read(sid: string): Promise<SessionData | null> {
    const session = await this.#directory.open(sid);
    return session ? this.#dataOf(session) : null;
  }

  follow(made: object, data: object): void {
    const known = this.#known.get(data);
    if (known) this.#known.set(made, known);
  }

  async write(sid: string, data: SessionData): Promise<void> {
    const known = this.#known.get(data);
    const members = storedMembers(data);
    const seconds = cookieSeconds(data, this.#ttl);
    // It was there when the request began. If it has ended since, somebody has logged out, and it stays so.
    const session = known
      ? await this.#directory.open(sid)
      : await this.#directory.create(sid, seconds);
    if (!session) return;
    const stored = known ? changes(session, known, members) : [session.replaceAll(members)];
    await orGone(Promise.all([...stored, session.touch({ seconds })]));
    this.#known.set(data, textsOf(members));
    this.#directory.noteTouch(sid);
  }

  async touch(sid: string, data: SessionData): Promise<void> {
    if (!this.#directory.isTouchDue(sid, this.#touchAfterMs)) return;
    const session = await this.#directory.open(sid);
    if (!session) return;
    await orGone(session.touch({ seconds: cookieSeconds(data, this.#ttl) }));
    this.#directory.noteTouch(sid);
  }

  async end(sid: string): Promise<void> {
    await this.#directory.end(sid);
  }

  async all(): Promise<SessionData[]> {
    const sessions = await this.#directory.all();
    const found = await Promise.all(sessions.map((session) => this.#dataOf(session)));
    return found.filter((data) => data !== null);
  }

  async count(): Promise<number> {
    return (await this.#directory.all()).length;
  }

  async clear(): Promise<void> {
    await Promise.all((await this.#directory.all()).map((session) => session.end()));
  }

  async #dataOf(session: Session): Promise<SessionData | null> {
    const members = await orGone(session.find('$'));
    const data = members && restoredData(members);
    if (!data) return null;
    this.#known.set(data, textsOf(storedMembers(data)));
    return data;
  }
}

/** Stores what is different from what the request began with, and nothing else. */
function changes(
  session: Session,
  known: Known,
  members: ReadonlyMap<string, RawJson>,
): Promise<unknown>[] {
  const changed = [...members].filter(([name, { text }]) => known.get(name) !== text);
  const removed = [...known.keys()].filter((name) => !members.has(name));
  return [
    ...(changed.length > 0 ? [session.set(new Map(changed))] : []),
    ...(removed.length > 0 ? [session.remove(removed)] : []),
  ];
}

function textsOf(members: ReadonlyMap<string, RawJson>): Known {
  return new Map(Array.from(members, ([name, { text }]) => [name, text]));
}

/** @returns undefined if the session no longer exists. */
async function orGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof CommandError && error.status === 'SessionNotExist') return undefined;
    throw error;
  }
}
