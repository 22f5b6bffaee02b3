import { unsigned } from '../../protocol/codec/codec.ts';
import { readMessage, type NamedMessage } from '../../protocol/wire/namedMessage.ts';
import { kindOf, membersOf, plainTextOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { statusesOf } from '../../protocol/wire/reply.ts';
import { isSuccess, statusCode } from '../../protocol/status.ts';
import { statusTexts } from '../../protocol/statusTexts.ts';
import type { Check, Offer } from './lesson.ts';
import { texts } from './texts.ts';
import { shortened } from '../ui/shortened.ts';
import { findMismatch, type Mismatch } from './pattern.ts';

/** What a reply means for the step that waits for it. */
export type Verdict =
  | { readonly state: 'passed'; readonly say: string; readonly notes: readonly string[] }
  | {
      readonly state: 'other';
      readonly say: string;
      readonly offer: Offer | undefined;
      /** Seconds until it is worth running again; undefined: no need to wait. */
      readonly waitSec: number | undefined;
      /** The step has a hint for just this reply. */
      readonly isHint: boolean;
    };

/** What came of a step's message, as far as this page has seen. */
export type StepResult = { readonly state: 'waiting' } | Verdict;

/** A request and its reply; undefined what is unknown or no message of the protocol. */
export interface RequestAndReply {
  readonly request: NamedMessage | undefined;
  readonly reply: NamedMessage | undefined;
  /** Whether the token in the reply is one that this page got or was given; true where there is none. */
  readonly isTokenKnown: boolean;
}

/** Reads the reply to a request. */
export function readReply(
  request: NamedMessage | undefined,
  replyText: string,
  isKnown: (token: string) => boolean = () => true,
): RequestAndReply {
  const reply = readMessage(replyText);
  const token = reply && tokenOf(reply);
  return {
    request,
    reply,
    isTokenKnown: token === undefined || isKnown(token),
  };
}

/** The session that a reply is about. */
function tokenOf({ body }: NamedMessage): string | undefined {
  const token = memberOf(body, 'tkn');
  return token === undefined ? undefined : plainTextOf(token);
}

/**
 * Compares an exchange with a step's check.
 * @returns undefined when the exchange is about something else.
 */
export function judge(
  check: Check,
  { request, reply, isTokenKnown }: RequestAndReply,
): Verdict | undefined {
  if (reply?.name !== check.reply) return undefined;
  if (!isRequestMeant(check, request)) return undefined;
  const { body } = reply;
  const mismatch = findMismatch(check.match, body);
  const hint = check.hints.find(
    ({ when, isForUnknownToken }) =>
      (isForUnknownToken ? !isTokenKnown : mismatch) && !findMismatch(when, body),
  );
  if (!mismatch && !hint) {
    const notes = check.notes.filter(({ when }) => !findMismatch(when, body));
    return {
      state: 'passed',
      say: fill(check.done, body),
      notes: notes.map(({ say }) => fill(say, body)),
    };
  }
  if (!hint) return mismatch && otherwise(explain(reply, mismatch));
  const { say, offer, wait } = hint;
  const waitSec = secondsIn(body, wait);
  return { state: 'other', say: fill(say, body), offer, waitSec, isHint: true };
}

/** A verdict for which the step has no hint. */
export function otherwise(say: string): Verdict {
  return { state: 'other', say, offer: undefined, waitSec: undefined, isHint: false };
}

/** Whether a request is one whose reply the check is about. */
export function isRequestMeant(check: Check, request: NamedMessage | undefined): boolean {
  if (!check.request) return true;
  return request !== undefined && !findMismatch(check.request, request.body);
}

function explain(reply: NamedMessage, { path, expected, found }: Mismatch): string {
  const failure = statusesOf(reply).find((name) => !isSuccess(name));
  if (failure) {
    const { cause } = statusTexts[failure];
    return `${texts.refused(statusCode(failure), failure, cause)} ${texts.again}`;
  }
  if (found === undefined) {
    return `${texts.missing(path)} ${texts.again}`;
  }
  const place = path === '' ? texts.theReply : `\`${path}\``;
  return `${texts.isOther(place, shown(found), expected)} ${texts.again}`;
}

const blank = /(?<!\{)\{([^{}]+)\}(?!\})/g;

/** Puts members of the reply in for `{name}` and `{outer.inner}`; `{{tkn}}` stays as it is. */
function fill(say: string, body: JsonText): string {
  return say.replaceAll(blank, (whole, path: string) => {
    const found = memberAt(body, path);
    return found === undefined ? whole : shown(found);
  });
}

/** The server sends whole seconds, rounded down: the last one is over only after one more. */
function secondsIn(body: JsonText, path: string | undefined): number | undefined {
  const found = path === undefined ? undefined : memberAt(body, path);
  const seconds = found === undefined ? undefined : unsigned.read(found);
  return seconds === undefined ? undefined : seconds + 1;
}

function memberAt(body: JsonText, path: string): JsonText | undefined {
  return path.split('.').reduce<JsonText | undefined>(memberOf, body);
}

function memberOf(json: JsonText | undefined, name: string): JsonText | undefined {
  return json !== undefined && kindOf(json) === 'object' ? membersOf(json).get(name) : undefined;
}

/** Most characters of a reply's value in a sentence. */
const maxShown = 40;

function shown(json: JsonText): string {
  return shortened(plainTextOf(json), maxShown);
}
