import { settle, type Done } from '../webSessions/callbacks.ts';
import {
  cookieSeconds,
  cookieSettings,
  storedCookie,
  storedMembers,
  type SessionData,
} from '../webSessions/cookieSession.ts';
import {
  StoredSessions,
  type SessionForm,
  type StoreOptions,
} from '../webSessions/storedSessions.ts';
import type { Session } from '../session.ts';

export type { SessionData, StoreOptions };

/** What express-session calls. */
export interface SeshdeckStore {
  get(sid: string, done: Done<SessionData | null>): void;
  set(sid: string, data: SessionData, done?: Done): void;
  destroy(sid: string, done?: Done): void;
  touch(sid: string, data: SessionData, done?: Done): void;
  all(done: Done<SessionData[]>): void;
  length(done: Done<number>): void;
  clear(done?: Done): void;
  /** The session of an id, as the client has it; undefined: there is none. */
  sessionOf(sid: string): Promise<Session | undefined>;
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
 * `req.session` is a separate key, and only what a request has changed is written.
 */
export function seshdeckStore<S extends object>(
  session: SessionModule<S>,
  options: StoreOptions,
): S & SeshdeckStore {
  // Its constructor takes options that no store needs.
  const Base = session.Store as unknown as new () => BaseStore;
  class Store extends Base implements SeshdeckStore {
    readonly #sessions = new StoredSessions(options, form);

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

    sessionOf(sid: string): Promise<Session | undefined> {
      return this.#sessions.session(sid);
    }
  }
  return new Store() as unknown as S & SeshdeckStore; // It extends the class that was given.
}

const form: SessionForm<SessionData> = {
  members: (data) => storedMembers({ ...data, cookie: cookieSettings(data.cookie) }),
  restore: (members) => {
    const cookie = storedCookie(members);
    if (!cookie) return null;
    const { originalMaxAge } = cookie;
    const expires =
      typeof originalMaxAge === 'number' ? new Date(Date.now() + originalMaxAge) : null;
    return { ...members, cookie: { ...cookie, expires } };
  },
  seconds: ({ cookie }) => cookieSeconds(cookie),
};
