import type { Client } from '../client.ts';
import type { Session } from '../session.ts';
import { isExactJson, RawJson, writeStored, type Json } from '../storedText.ts';
import { orGone } from '../userSessions/sessionIndex.ts';

/** Where better-auth keeps what it would look up in a database otherwise. */
export interface StorageOptions {
  /** It is not closed by the storage. */
  readonly client: Client;
  /** What names of sessions begin with; the rest is the key. Default: `auth:`. */
  readonly prefix?: string;
}

/** What better-auth calls `secondaryStorage`. Times to live are in seconds. */
export interface SeshdeckStorage {
  get(key: string): Promise<string | null>;
  /** Without `ttl` the value is kept until it is deleted. */
  set(key: string, value: string, ttl?: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** In one step: of several callers, one gets the value. */
  getAndDelete(key: string): Promise<string | null>;
  /** Adds one, in one step. A key that is not there becomes 1, and lives for `ttl`. */
  increment(key: string, ttl: number): Promise<number>;
}

/**
 * A `secondaryStorage` for better-auth: `betterAuth({ secondaryStorage: seshdeckStorage({ client }), … })`. Each key is a
 * shared session, as each has its own time to live.
 */
export function seshdeckStorage({ client, prefix = 'auth:' }: StorageOptions): SeshdeckStorage {
  const open = (key: string) => client.openSession(prefix + key);

  /** Acts on the session of a key, which is created if there is none; once more when it has expired between the two. */
  async function inSession<T>(key: string, seconds: number, act: (session: Session) => Promise<T>) {
    const name = prefix + key;
    const attempt = async () => act(await client.sharedSession({ name, expiry: { seconds } }));
    return (await orGone(attempt())) ?? attempt();
  }

  return {
    get: async (key) => {
      const found = await open(key);
      return textOf(found && (await orGone(found.get(['value']))));
    },
    set: async (key, value, ttl) => {
      const seconds = secondsOf(ttl);
      await inSession(key, seconds, (session) =>
        Promise.all([
          session.touch({ seconds, endSession: true }),
          session.set({ value: storedAs(value) }),
        ]),
      );
    },
    delete: async (key) => {
      await (await open(key))?.end();
    },
    // What is left is an empty session until its time is over. To end it could end what another caller has just set.
    getAndDelete: async (key) => {
      const found = await open(key);
      return textOf(found && (await orGone(found.take(['value']))));
    },
    increment: async (key, ttl) => {
      const seconds = secondsOf(ttl);
      return inSession(key, seconds, async (session) => {
        const count = Number(await session.increment('value'));
        // The session may be left from a value that was taken.
        if (count === 1) await session.touch({ seconds, endSession: true });
        return count;
      });
    },
  };
}

/** Whole seconds, rounded up; 0: for ever. */
function secondsOf(ttl = 0): number {
  return Math.max(0, Math.ceil(ttl));
}

/** JSON is stored as JSON, so that it can be read in the console, if it can be given back letter by letter. */
function storedAs(text: string): RawJson | string {
  const isAmbiguous = text === 'null' || text.startsWith('"');
  return !isAmbiguous && isExactJson(text) ? new RawJson(text) : text;
}

function textOf(found: { readonly [key: string]: Json } | undefined): string | null {
  const value = found?.['value'] ?? null;
  return value === null || typeof value === 'string' ? value : writeStored(value);
}
