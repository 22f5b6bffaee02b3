import type { Client } from '../client.ts';
import type { Session } from '../session.ts';

/** Sessions whose tokens and times are remembered. */
const maxRemembered = 10_000;

/** The names of sessions that have ended are removed after so many new ones. */
const pruneEvery = 1_000;

interface Remembered {
  /** Follows from the name, so it never changes. */
  readonly token: string;
  touchedAtMs: number;
}

/**
 * Sessions by their ids: each is a shared session, whose name is prefix and id. The names of all are the keys of one more
 * session; those that have ended are removed from it when it is read.
 */
export class SessionDirectory {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #remembered = new Map<string, Remembered>();
  #created = 0;

  constructor(client: Client, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  /** @returns undefined when there is none, or it has ended. */
  async open(sid: string): Promise<Session | undefined> {
    const known = this.#remembered.get(sid);
    if (known) return this.#client.session(known.token);
    const session = await this.#client.openSession(this.#prefix + sid);
    if (session) this.#remember(sid, session.token);
    return session;
  }

  async create(sid: string, seconds: number): Promise<Session> {
    const name = this.#prefix + sid;
    const session = await this.#client.sharedSession({ name, expiry: { seconds } });
    this.#remember(sid, session.token);
    await (await this.#index()).set(new Map([[session.token, 1]]));
    this.#created += 1;
    if (this.#created % pruneEvery === 0) await this.all();
    return session;
  }

  async end(sid: string): Promise<void> {
    const session = await this.open(sid);
    await session?.end();
    if (session) await (await this.#index()).remove([session.token]);
  }

  async all(): Promise<Session[]> {
    const index = await this.#index();
    const tkns = await index.keys();
    if (tkns.length === 0) return [];
    const { exist } = await this.#client.call('SH_EXISTS', { tkns });
    const alive = new Set(exist);
    const ended = tkns.filter((token) => !alive.has(token));
    if (ended.length > 0) await index.remove(ended);
    return exist.map((token) => this.#client.session(token));
  }

  /** Whether so long has passed since this process touched it. */
  isTouchDue(sid: string, afterMs: number): boolean {
    const known = this.#remembered.get(sid);
    return !known || Date.now() - known.touchedAtMs >= afterMs;
  }

  noteTouch(sid: string): void {
    const known = this.#remembered.get(sid);
    if (known) known.touchedAtMs = Date.now();
  }

  #index(): Promise<Session> {
    return this.#client.sharedSession({ name: `${this.#prefix}*` });
  }

  #remember(sid: string, token: string): void {
    this.#remembered.set(sid, { token, touchedAtMs: 0 });
    if (this.#remembered.size <= maxRemembered) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }
}
