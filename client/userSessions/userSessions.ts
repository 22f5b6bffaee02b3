import type { Client } from '../client.ts';
import type { Json } from '../storedText.ts';
import { SessionIndex } from './sessionIndex.ts';

/** Where the sessions of users are noted. */
export interface UserSessionsOptions {
  /** What the names of the indexes begin with; the rest is the user. Default: `user-sessions:`. */
  readonly prefix?: string;
}

/** What is known of a session that is added. */
export interface AddedSession {
  /** Anything that helps to tell sessions apart, such as the device. It is kept when the session is added again. */
  readonly details?: unknown;
  /** Whole seconds that the session lives without use, 0: for ever. Default: what the server says. */
  readonly seconds?: number;
}

/** A session of a user. */
export interface UserSession {
  readonly token: string;
  /** As given to {@link UserSessions.add}. */
  readonly details: Json;
}

/**
 * Which sessions a user has. For each user there is an index: a shared session, whose keys are tokens. Sessions that
 * have ended are removed from it, and it ends when the last of them would have.
 */
export class UserSessions {
  readonly #client: Client;
  readonly #prefix: string;

  constructor(client: Client, { prefix = 'user-sessions:' }: UserSessionsOptions = {}) {
    this.#client = client;
    this.#prefix = prefix;
  }

  /**
   * Adds a session to those of a user: at the login, and again when it is touched, so that the index lives as long.
   * @throws {CommandError} `SessionNotExist` when the session has ended.
   */
  async add(
    user: string,
    token: string,
    { details = null, seconds }: AddedSession = {},
  ): Promise<void> {
    const lives = seconds ?? (await this.#client.session(token).info()).expiry?.seconds ?? 0;
    await this.#indexOf(user).add({ token, details, seconds: lives });
  }

  /** The sessions of a user that have not ended, oldest first. */
  async list(user: string): Promise<readonly UserSession[]> {
    const entries = await this.#indexOf(user).entries();
    return entries.map(([token, details]) => ({ token, details }));
  }

  /** Removes a session from those of a user, without ending it. */
  async remove(user: string, token: string): Promise<void> {
    await this.#indexOf(user).remove([token]);
  }

  /** Ends all sessions of a user: "log out everywhere". @returns How many there were. */
  async endAll(user: string): Promise<number> {
    const index = this.#indexOf(user);
    return index.end(await index.tokens());
  }

  /** Ends all sessions of a user but this one. @returns How many there were. */
  async endOthers(user: string, token: string): Promise<number> {
    const index = this.#indexOf(user);
    return index.end((await index.tokens()).filter((each) => each !== token));
  }

  #indexOf(user: string): SessionIndex {
    return new SessionIndex(this.#client, this.#prefix + user);
  }
}
