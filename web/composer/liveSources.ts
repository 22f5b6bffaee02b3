import type { JsonKind } from '../../protocol/json/jsonText.ts';
import type { Entry } from '../connection/page/exchange.ts';

/** A key of a living session, without its whole value. */
export interface LiveKey {
  readonly key: string;
  readonly type: JsonKind;
  /** The start of the value's text. */
  readonly preview: string;
}

/** A living session, without its token. */
export interface LiveSession {
  readonly id: string;
  readonly name: string;
  readonly maskedToken: string;
  readonly keyCount: number;
  /** Absent or null: it does not expire. */
  readonly expiry?: { readonly deadlineMs: number } | null;
}

/** What the composer may ask about the server without touching a session. Given by the app. */
export interface LiveSources {
  /** @returns undefined when it is not known; an empty list when there are none. */
  readonly keysOf: (token: string) => Promise<readonly LiveKey[] | undefined>;
  /** @returns undefined when it is not known. */
  readonly isLiving: (token: string) => Promise<boolean | undefined>;
  /** The newest, in the order of their creation. */
  readonly sessions: () => readonly LiveSession[];
  /** Whether there are sessions that are not among these. */
  readonly hasOlder: () => boolean;
  /** @returns undefined when none has this token, or it is not known. */
  readonly sessionOf: (token: string) => Promise<LiveSession | undefined>;
  /** Gives a variable the token of a session, as a person chose it. @returns Whether it has it now. */
  readonly learnToken: (session: LiveSession, variable: string) => Promise<boolean>;
  /** Shows a session with its keys. */
  readonly showSession: (session: LiveSession) => void;
  /** What went over this connection, oldest first. */
  readonly entries: () => readonly Entry[];
}
