import { RawJson, writeStored } from '../storedText.ts';

/** The settings of a cookie, as express-session has them. */
interface Cookie {
  originalMaxAge?: number | null;
  expires?: Date | string | boolean | null;
  toJSON?(): object;
}

/** What express-session keeps for a visitor: the cookie's settings, and what the application has set. */
export interface SessionData {
  cookie: Cookie;
}

/** How long a session is kept: as long as its cookie, rounded up to whole seconds. */
export function cookieSeconds({ cookie: { originalMaxAge } }: SessionData, ttl: number): number {
  if (typeof originalMaxAge !== 'number') return ttl;
  return Math.max(1, Math.ceil(originalMaxAge / 1000));
}

/**
 * The members that are stored, each as its JSON text. When the cookie expires is left out: that moves with each
 * request, and the session has a deadline.
 */
export function storedMembers(data: SessionData): Map<string, RawJson> {
  const members = new Map<string, RawJson>();
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    if (value === undefined || typeof value === 'function') continue;
    const stored = name === 'cookie' ? withoutExpiry(data.cookie) : value;
    members.set(name, new RawJson(writeStored(stored)));
  }
  return members;
}

function withoutExpiry(cookie: Cookie): object {
  return { ...(cookie.toJSON?.() ?? cookie), expires: undefined };
}

/** The data of a session as it was stored. @returns null when it is not one of express-session. */
export function restoredData(members: Readonly<Record<string, unknown>>): SessionData | null {
  const { cookie } = members;
  if (typeof cookie !== 'object' || cookie === null) return null;
  const { originalMaxAge } = cookie as Cookie;
  const expires = typeof originalMaxAge === 'number' ? new Date(Date.now() + originalMaxAge) : null;
  return { ...members, cookie: { ...cookie, expires } };
}
