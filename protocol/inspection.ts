import {
  boolean,
  listOf,
  nullable,
  object,
  oneOf,
  optional,
  string,
  token,
  unsigned,
  value,
  type Codec,
  type Decoded,
} from './codec.ts';
import { membersOf, kindOf, quote, asJsonText, type JsonText } from './json/jsonText.ts';
import { readJson } from './json/readJson.ts';

/**
 * The contract of the inspection socket (`/inspect`): what the console's session inspector and the
 * server say to each other. Each frame is `{"<type>":{…}}`. Looking never touches a session.
 *
 * Proof travels as a WebSocket subprotocol, because browsers can set no header and a secret has no
 * place in a URL: the client offers {@link inspectionProtocol} and one of the proofs below, the
 * server picks the former or refuses the upgrade.
 */
export const inspectionProtocol = 'seshdeck.inspect.v1';

/** Prefix of the subprotocol that carries a ticket from `GET /inspect/ticket`. */
export const ticketPrefix = 'seshdeck.ticket.';

/** Prefix of the subprotocol that carries the inspection key, as base64url of its UTF-8. */
export const inspectionKeyPrefix = 'seshdeck.key.';

/** Values longer than this many UTF-16 units are listed without their text and sent when asked. */
export const maxListedValueLength = 65_536;

/** Sessions listed at most; the totals always count all of them. */
export const maxListedSessions = 10_000;

/** Keys listed at most of the watched session. */
export const maxListedKeys = 10_000;

/** Keys that the answer to `peek` has at most. */
export const maxPeekedKeys = 500;

/** Sessions that `peek` looks through at most. */
export const maxPeekedIds = 20;

/** UTF-16 units of a value's text that the answer to `peek` has at most. */
export const peekPreviewLength = 60;

const expiry = object({
  /** Seconds, as given to SH_NEW. */
  durationSec: unsigned,
  deleteSession: boolean,
  /** Unix time in milliseconds, by the server's clock. */
  deadlineMs: unsigned,
});

const sessionSummary = object({
  /** Stable and short; says nothing about the token. */
  id: string,
  name: string,
  maskedToken: string,
  shared: boolean,
  keyCount: unsigned,
  /** Unix time in milliseconds. */
  createdAtMs: unsigned,
  expiry: nullable(expiry),
});

/** One session in the list. */
export type SessionSummary = Decoded<typeof sessionSummary>;

const keyEntry = object({
  key: string,
  /** Length of the value's text in UTF-16 units. */
  length: unsigned,
  /** Absent when it is longer than {@link maxListedValueLength}: ask with `value`. */
  value: optional(value),
});

/** One key of the watched session. */
export type KeyEntry = Decoded<typeof keyEntry>;

const keyPreview = object({
  key: string,
  type: oneOf('object', 'array', 'string', 'number', 'boolean', 'null'),
  /** The start of the value's text. */
  preview: string,
});

/** A key of a session, without its whole value. */
export type KeyPreview = Decoded<typeof keyPreview>;

const events = {
  /** First frame on every connection. */
  hello: object({ serverVersion: string, maxPayloadBytes: unsigned, nowMs: unsigned }),
  /**
   * The list, then its changes. With `isReset` the client forgets what it had. A session that
   * changed comes whole in `changed`; sessions are listed in the order of their creation.
   */
  sessions: object({
    isReset: boolean,
    nowMs: unsigned,
    totalSessions: unsigned,
    totalKeys: unsigned,
    changed: listOf(sessionSummary),
    removed: listOf(string),
  }),
  /**
   * Keys of the watched session, then their changes, in the session's order: an unknown key goes
   * to the end. `totalKeys` counts all, listed or not.
   */
  keys: object({
    id: string,
    isReset: boolean,
    totalKeys: unsigned,
    changed: listOf(keyEntry),
    removed: listOf(string),
  }),
  /** The watched session ended or expired. */
  gone: object({ id: string }),
  /** Answer to `reveal`; null when the session is gone. */
  token: object({ id: string, token: nullable(token) }),
  /** Answer to `peek`; without keys when the session is none of those of the question. */
  peeked: object({ token: string, isLiving: boolean, keys: optional(listOf(keyPreview)) }),
  /** Answer to `value`; without a value when the key is gone. */
  value: object({ id: string, key: string, value: optional(value) }),
};

const requests = {
  /** Follow one session's keys; ends the watch on the one before. */
  watch: object({ id: string }),
  unwatch: object({}),
  /** Ask for the whole token of a session: sent only when a person asks for it. */
  reveal: object({ id: string }),
  /**
   * Ask once about a token that the client has: does it live, and what are its first keys? The ids
   * are those of sessions that it may belong to, at most {@link maxPeekedIds}.
   */
  peek: object({ token: string, ids: listOf(string) }),
  /** Ask for a value that was too long to list. */
  value: object({ id: string, key: string }),
};

type FrameOf<T extends Record<string, Codec<unknown>>> = {
  [K in keyof T]: { readonly type: K } & Decoded<T[K]>;
}[keyof T];

/** What the server pushes. */
export type InspectionEvent = FrameOf<typeof events>;

/** What the client asks. */
export type InspectionRequest = FrameOf<typeof requests>;

export function writeInspectionEvent(event: InspectionEvent): JsonText {
  return writeFrame(events[event.type], event);
}

export function writeInspectionRequest(request: InspectionRequest): JsonText {
  return writeFrame(requests[request.type], request);
}

/** @returns undefined when the text is no event of this contract. */
export function readInspectionEvent(text: string): InspectionEvent | undefined {
  return readFrame(events, text) as InspectionEvent | undefined;
}

/**
 * Whether a text is an event of a type that this contract does not have, from a newer server: an
 * object with one member of an unknown name. It can be left aside.
 */
export function isUnknownInspectionEvent(text: string): boolean {
  const json = readJson(text);
  if (!json.ok || kindOf(json.value) !== 'object') return false;
  const types = [...membersOf(json.value).keys()];
  return types.length === 1 && types.every((type) => !Object.hasOwn(events, type));
}

/** @returns undefined when the text is no request of this contract. */
export function readInspectionRequest(text: string): InspectionRequest | undefined {
  return readFrame(requests, text) as InspectionRequest | undefined;
}

function writeFrame(codec: Codec<unknown>, frame: { readonly type: string }): JsonText {
  return asJsonText(`{${quote(frame.type)}:${codec.write(frame)}}`);
}

function readFrame(frames: Record<string, Codec<unknown>>, text: string): unknown {
  const json = readJson(text);
  if (!json.ok || kindOf(json.value) !== 'object') return undefined;
  const [first] = membersOf(json.value);
  if (!first || !Object.hasOwn(frames, first[0])) return undefined;
  const frame = frames[first[0]]?.read(first[1]);
  return frame === undefined ? undefined : { type: first[0], ...(frame as object) };
}

/** Answer of `GET /inspect/ticket`. */
export const ticketAnswer = object({
  /** Absent when this server wants the inspection key instead. */
  ticket: optional(string),
  proof: oneOf('ticket', 'key', 'off'),
});
