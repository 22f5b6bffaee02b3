import type { Client } from '../client.ts';
import type { Session } from '../session.ts';
import { RawJson } from '../storedText.ts';
import { batches, orGone } from '../userSessions/sessionIndex.ts';
import { UserSessions } from '../userSessions/userSessions.ts';
import { SessionDirectory } from './sessionDirectory.ts';

/** How the sessions of visitors are kept, whatever the framework. */
export interface StoreOptions {
  /** It is not closed by the store. */
  readonly client: Client;
  /** What names of sessions begin with. Default: `sess:`. */
  readonly prefix?: string;
  /** Seconds that a session is kept without use, unless its cookie says how long. Default: 86,400, a day. */
  readonly ttl?: number;
  /** A session that was not changed is touched at most once in so many seconds. Default: 0, at each request. */
  readonly touchAfter?: number;
  /**
   * Which user a session belongs to: a string or a number; anything else, nobody. Then `UserSessions` of the same client knows
   * the session as one of that user.
   */
  readonly userOf?: (session: { readonly [member: string]: unknown }) => unknown;
}

/** How a framework's sessions become keys, and keys its sessions. */
export interface SessionForm<D extends object> {
  /** The members that are stored, each as its JSON text. */
  readonly members: (data: D) => ReadonlyMap<string, string>;
  /** @returns null when that is no session of this framework. */
  readonly restore: (members: Readonly<Record<string, unknown>>) => D | null;
  /** Whole seconds that a session is kept without use; undefined: `ttl`. */
  readonly seconds: (data: D) => number | undefined;
}

/** What a request began with, or has written last. */
interface Known {
  readonly texts: ReadonlyMap<string, string>;
  readonly user: string | undefined;
}

interface UserChange {
  readonly before: string | undefined;
  readonly now: string | undefined;
  /** That the session lives without use. */
  readonly seconds: number;
}

/** Every member of a session is a separate key, and only what a request has changed is written. */
export class StoredSessions<D extends object> {
  readonly #directory: SessionDirectory;
  readonly #users: UserSessions;
  readonly #form: SessionForm<D>;
  readonly #userOf: (data: D) => string | undefined;
  readonly #ttl: number;
  readonly #touchAfterMs: number;
  readonly #known = new WeakMap<object, Known>();

  constructor(options: StoreOptions, form: SessionForm<D>) {
    const { client, prefix = 'sess:', ttl = 86_400, touchAfter = 0, userOf } = options;
    this.#directory = new SessionDirectory(client, prefix);
    this.#users = new UserSessions(client);
    this.#form = form;
    this.#userOf = (data) => userNamed(userOf?.(data as Readonly<Record<string, unknown>>)); // Any object.
    this.#ttl = ttl;
    this.#touchAfterMs = touchAfter * 1000;
  }

  /** The session of an id as the client has it; undefined: there is none. */
  session(sid: string): Promise<Session | undefined> {
    return this.#directory.open(sid);
  }

  async read(sid: string): Promise<D | null> {
    const session = await this.#directory.open(sid);
    return session ? this.#dataOf(session) : null;
  }

  /** The framework works on another object than the one that was read: it began with the same. */
  follow(made: object, data: object): void {
    const known = this.#known.get(data);
    if (known && !this.#known.has(made)) this.#known.set(made, known);
  }

  /** From now on it is another session: nothing of it is stored yet. */
  forget(data: object): void {
    this.#known.delete(data);
  }

  /** Stores what is different from what the request began with, and nothing else. */
  async write(sid: string, data: D): Promise<void> {
    const before = this.#known.get(data);
    const texts = this.#form.members(data);
    const known = { texts, user: this.#userOf(data) };
    if (before && isSame(before.texts, texts)) return this.touch(sid, data);
    const seconds = this.#secondsOf(data);
    // It was there when the request began. If it has ended since, somebody has logged out, and it stays so.
    const session = before
      ? await this.#directory.open(sid)
      : await this.#directory.create(sid, seconds);
    if (!session) return;
    // Before the session has its user, so that logging out everywhere misses none.
    await this.#noteUser(session, { before: before?.user, now: known.user, seconds });
    const stored = before
      ? changes(session, before.texts, texts)
      : [session.replaceAll(asJson(texts))];
    await orGone(Promise.all([...stored, session.touch({ seconds })]));
    this.#known.set(data, known);
    this.#directory.noteTouch(sid);
  }

  /** Starts the time of a session again, if that is due. */
  async touch(sid: string, data: D): Promise<void> {
    if (!this.#directory.isTouchDue(sid, this.#touchAfterMs)) return;
    const session = await this.#directory.open(sid);
    if (!session) return;
    const seconds = this.#secondsOf(data);
    const isThere = await orGone(session.touch({ seconds }));
    if (isThere === undefined) return;
    const user = this.#userOf(data);
    await this.#noteUser(session, { before: user, now: user, seconds });
    this.#directory.noteTouch(sid);
  }

  async end(sid: string): Promise<void> {
    await this.#directory.end(sid);
  }

  async all(): Promise<D[]> {
    const found: D[] = [];
    for (const batch of batches(await this.#directory.all())) {
      const read = await Promise.all(batch.map((session) => this.#dataOf(session)));
      found.push(...read.filter((data) => data !== null));
    }
    return found;
  }

  async count(): Promise<number> {
    return (await this.#directory.all()).length;
  }

  async clear(): Promise<void> {
    await this.#directory.endAll();
  }

  async #noteUser({ token }: Session, { before, now, seconds }: UserChange): Promise<void> {
    if (before !== undefined && before !== now) await this.#users.remove(before, token);
    if (now !== undefined) await this.#users.add(now, token, { seconds });
  }

  async #dataOf(session: Session): Promise<D | null> {
    const members = await orGone(session.find('$'));
    const data = members && this.#form.restore(members);
    if (!data) return null;
    const texts = this.#form.members(data);
    this.#known.set(data, { texts, user: this.#userOf(data) });
    return data;
  }

  #secondsOf(data: D): number {
    return this.#form.seconds(data) ?? this.#ttl;
  }
}

function userNamed(user: unknown): string | undefined {
  return typeof user === 'string' || typeof user === 'number' ? String(user) : undefined;
}

function changes(
  session: Session,
  before: Known['texts'],
  now: Known['texts'],
): Promise<unknown>[] {
  const changed = [...now].filter(([name, text]) => before.get(name) !== text);
  const removed = [...before.keys()].filter((name) => !now.has(name));
  return [
    ...(changed.length > 0 ? [session.set(asJson(changed))] : []),
    ...(removed.length > 0 ? [session.remove(removed)] : []),
  ];
}

function isSame(before: Known['texts'], now: Known['texts']): boolean {
  return before.size === now.size && [...now].every(([name, text]) => before.get(name) === text);
}

function asJson(texts: Iterable<readonly [string, string]>): ReadonlyMap<string, RawJson> {
  return new Map(Array.from(texts, ([name, text]) => [name, new RawJson(text)]));
}
