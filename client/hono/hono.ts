import type { Session } from '../session.ts';
import { storedMembers } from '../webSessions/cookieSession.ts';
import {
  StoredSessions,
  type SessionForm,
  type StoreOptions,
} from '../webSessions/storedSessions.ts';
import { newSid, SidCookie, type CookieOptions, type Sid } from './sidCookie.ts';

export type { CookieOptions, StoreOptions };

/** How sessions are kept, and the cookie that has their ids. */
export interface HonoSessionOptions extends StoreOptions {
  readonly cookie?: CookieOptions;
}

/** For `new Hono<{ Variables: SessionVariables<M> }>()`. M: what an application remembers of a visitor. */
export interface SessionVariables<M extends object = Record<string, unknown>> {
  readonly session: HonoSession<M>;
}

/** What is used of Hono's context. */
interface Context {
  readonly req: { header(name: string): string | undefined };
  header(name: string, value: string, options: { append: boolean }): void;
  set(name: 'session', value: unknown): void;
}

const form: SessionForm<object> = {
  members: storedMembers,
  restore: (members) => ({ ...members }),
  seconds: () => undefined,
};

/**
 * Sessions for Hono: `app.use(seshdeckSession({ client }))`. Every member of `c.var.session.data` is a separate key,
 * and only what a request has changed is written.
 * @throws {TypeError} for a cookie that cannot be.
 */
export function seshdeckSession({ cookie, ...options }: HonoSessionOptions) {
  const sessions = new StoredSessions(options, form);
  const sidCookie = new SidCookie(cookie ?? {}, options.ttl ?? 86_400);
  return async (c: Context, next: () => Promise<void>): Promise<void> => {
    const id = await sidCookie.read(c.req.header('cookie'));
    const found = id && (await sessions.read(id.name));
    const session = new HonoSession(sessions, found ? { id, data: found } : { data: {} });
    c.set('session', session);
    await next();
    const kept = await session.save();
    if (kept !== undefined) c.header('set-cookie', sidCookie.text(kept), { append: true });
  };
}

/** The session of a visitor in a request. */
export class HonoSession<M extends object = Record<string, unknown>> {
  /** What is remembered: set, change and delete members. They are stored when the request has been answered. */
  readonly data: Partial<M>;
  readonly #sessions: StoredSessions<object>;
  /** undefined: it has none yet. */
  #id: Sid | undefined;
  #isEnded = false;

  /** Made by {@link seshdeckSession}. */
  constructor(sessions: StoredSessions<object>, { id, data }: { id?: Sid; data: Partial<M> }) {
    this.#sessions = sessions;
    this.#id = id;
    this.data = data;
  }

  /** The session as the client has it; undefined: it is not stored yet. */
  async stored(): Promise<Session | undefined> {
    return this.#id && this.#sessions.session(this.#id.name);
  }

  /** Gives the session another id, and ends it under the old one: call it at a login. Members stay. */
  async renew(): Promise<void> {
    if (this.#id) await this.#sessions.end(this.#id.name);
    this.#id = undefined;
    this.#sessions.forget(this.data);
  }

  /** Ends the session: a logout. What is set after it is not stored. */
  async end(): Promise<void> {
    if (this.#id) await this.#sessions.end(this.#id.name);
    this.#isEnded = true;
  }

  /**
   * Stores what was changed. Called once, after the request.
   * @returns What the cookie is to be; "": it is to be removed; undefined: it is to stay as it is.
   */
  async save(): Promise<string | undefined> {
    if (this.#isEnded) return '';
    if (!this.#id && Object.keys(this.data).length === 0) return undefined;
    this.#id ??= await newSid();
    await this.#sessions.write(this.#id.name, this.data);
    return this.#id.cookie;
  }
}
