import { writeStored } from '../storedText.ts';

/** The settings of a cookie, as express-session and @fastify/session have them. */
export interface Cookie {
  originalMaxAge?: number | null;
  expires?: Date | string | boolean | null | undefined;
  toJSON?(): object;
}

/** What they keep for a visitor: the cookie's settings, and what the application has set. */
export interface SessionData {
  cookie: Cookie;
}

/** How long a session is kept: as long as its cookie, rounded up to whole seconds. */
export function cookieSeconds({ originalMaxAge }: Cookie): number | undefined {
  return typeof originalMaxAge === 'number' ? secondsIn(originalMaxAge) : undefined;
}

/** Rounded up; at least one, as 0 stands for ever. */
export function secondsIn(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** The members that are stored, each as its JSON text; what JSON leaves out is left out. */
export function storedMembers(data: object): Map<string, string> {
  const members = new Map<string, string>();
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    if (value === undefined || typeof value === 'function') continue;
    members.set(name, writeStored(value));
  }
  return members;
}

/** The settings of a cookie that are stored. When it expires moves with each request, and the session has a deadline. */
export function cookieSettings(cookie: Cookie): object {
  return { ...(cookie.toJSON?.() ?? cookie), expires: undefined };
}

/** The stored settings of a cookie. @returns undefined when there are none: then that is no session of a framework. */
export function storedCookie(members: Readonly<Record<string, unknown>>): Cookie | undefined {
  const { cookie } = members;
  return typeof cookie === 'object' && cookie !== null ? cookie : undefined;
}
