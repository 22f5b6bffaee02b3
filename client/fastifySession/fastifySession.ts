import type { Session } from '../session.ts';
import { settle, type Done } from '../webSessions/callbacks.ts';
import {
  cookieSeconds,
  cookieSettings,
  secondsIn,
  storedCookie,
  storedMembers,
  type Cookie,
  type SessionData,
} from '../webSessions/cookieSession.ts';
import {
  StoredSessions,
  type SessionForm,
  type StoreOptions,
} from '../webSessions/storedSessions.ts';

export type { SessionData, StoreOptions };

/** What @fastify/session calls, and what an application may. */
export interface SeshdeckStore {
  /** Its result is what the application has declared as `Session`, whatever that is; null: there is none. */
  get(sid: string, done: Done<never>): void;
  set(sid: string, data: SessionData, done: Done): void;
  destroy(sid: string, done: Done): void;
  /** The session of an id, as the client has it; undefined: there is none. */
  sessionOf(sid: string): Promise<Session | undefined>;
}

/**
 * A store for @fastify/session: `register(fastifySession, { store: seshdeckStore({ client }), … })`. Every member of
 * `request.session` is a separate key, and only what a request has changed is written.
 */
export function seshdeckStore(options: StoreOptions): SeshdeckStore {
  const sessions = new StoredSessions(options, form);
  return {
    // The application reads what it has written.
    get: (sid, done) => settle(sessions.read(sid).then(withOrigin) as Promise<never>, done),
    set: (sid, data, done) => {
      const read = originOf(data);
      if (read) sessions.follow(data, read);
      settle(sessions.write(sid, data), done);
    },
    destroy: (sid, done) => settle(sessions.end(sid), done),
    sessionOf: (sid) => sessions.session(sid),
  };
}

/**
 * @fastify/session copies the members of what was read, and hands the copy back. This member goes with them and leads to what
 * was read. It is a function, which JSON leaves out.
 */
const origin = 'seshdeck:read';

function withOrigin(data: SessionData | null): SessionData | null {
  if (data) Object.assign(data, { [origin]: () => data });
  return data;
}

function originOf(data: object): object | undefined {
  const lead = (data as { [origin]?: () => object })[origin];
  return typeof lead === 'function' ? lead() : undefined;
}

/** A cookie with a fixed end has it here. */
interface FastifyCookie extends Cookie {
  originalExpires?: Date | string | null | undefined;
}

const form: SessionForm<SessionData> = {
  members: (data) => storedMembers({ ...data, cookie: settingsOf(data.cookie) }),
  restore: (members) => {
    const cookie: FastifyCookie | undefined = storedCookie(members);
    if (!cookie) return null;
    const { originalExpires } = cookie;
    return originalExpires
      ? { ...members, cookie: { ...cookie, expires: new Date(originalExpires) } }
      : { ...members, cookie };
  },
  seconds: ({ cookie }) => cookieSeconds(cookie) ?? secondsUntil(cookie),
};

/** A cookie with a `maxAge` gets a new end with each request. */
function settingsOf(cookie: FastifyCookie): object {
  const settings = cookieSettings(cookie);
  const isMoving = typeof cookie.originalMaxAge === 'number';
  return isMoving ? { ...settings, originalExpires: undefined } : settings;
}

function secondsUntil({ originalExpires }: FastifyCookie): number | undefined {
  return originalExpires ? secondsIn(new Date(originalExpires).getTime() - Date.now()) : undefined;
}
