import type { Client } from '../client.ts';
import type { Session } from '../session.ts';
import { SessionIndex } from '../userSessions/sessionIndex.ts';

/** Sessions whose tokens and times are remembered. */
const maxRemembered = 10_000;

interface Remembered {
  /** Follows from the name, so it never changes. */
  readonly token: string;
  touchedAtMs: number;
}

/** Sessions by their ids: each is a shared session, whose name is prefix and id. An index has the tokens of all. */
export class SessionDirectory {
  readonly #client: Client;
  readonly #prefix: string;
  readonly #index: SessionIndex;
  readonly #remembered = new Map<string, Remembered>();

  constructor(client: Client, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
    this.#index = new SessionIndex(client, `${prefix}*`);
  }

  /** @returns undefined when there is none. One that has ended may be returned; commands to it are refused. */
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
    await this.#index.add({ token: session.token, details: null, seconds: 0 });
    return session;
  }

  async end(sid: string): Promise<void> {
    const session = await this.open(sid);
    if (session) await this.#index.end([session.token]);
  }

  async all(): Promise<Session[]> {
    return (await this.#index.tokens()).map((token) => this.#client.session(token));
  }

  async endAll(): Promise<void> {
    await this.#index.end(await this.#index.tokens());
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

  #remember(sid: string, token: string): void {
    this.#remembered.set(sid, { token, touchedAtMs: 0 });
    if (this.#remembered.size <= maxRemembered) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }
}
