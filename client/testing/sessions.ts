import type { Client } from '../client.ts';
import type { Expiry } from '../expiry.ts';
import type { Session } from '../session.ts';

/** How seeded sessions are to be. */
export interface SeedOptions {
  /** Default: they never expire. */
  readonly expiry?: Expiry;
  /** Others can open them by their names. Default: false. */
  readonly shared?: boolean;
}

/** The seeded sessions, by their names. */
export type Seeded<N extends string> = { readonly [K in N]: Session };

/** A session, or its token. */
export type SessionRef = string | { readonly token: string };

/** Creates sessions with their keys, in this order. */
export async function seedSessions<N extends string>(
  client: Client,
  sessions: Readonly<Record<N, Readonly<Record<string, unknown>>>>,
  options: SeedOptions,
): Promise<Seeded<N>> {
  const seeded: [string, Session][] = [];
  for (const [name, keys] of Object.entries<Readonly<Record<string, unknown>>>(sessions)) {
    const session = await client.newSession({ name, ...options });
    if (Object.keys(keys).length > 0) await session.set(keys);
    seeded.push([name, session]);
  }
  return Object.fromEntries(seeded) as Seeded<N>; // By the names that were given.
}

/** Whether a session is gone. Asking moves no deadline. */
export async function hasEnded(client: Client, session: SessionRef): Promise<boolean> {
  const token = typeof session === 'string' ? session : session.token;
  return (await client.call('SH_EXISTS', { tkns: [token] })).exist.length === 0;
}
