import { isLearnable } from '../connection/page/variableName.ts';
import {
  boolean,
  listOf,
  object,
  oneOf,
  optional,
  string,
  value,
  type Decoded,
} from '../../protocol/codec/codec.ts';
import { membersOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import { namesUsed } from '../connection/page/substitute.ts';
import type { Check, Hint, Note, Offer, StepMessage } from './lesson.ts';
import { readPattern, type Pattern } from './pattern.ts';

const offerShape = object({
  label: string,
  does: optional(oneOf('insert', 'run')),
  message: optional(value),
});
const noteShape = object({ when: value, say: string });
const hintShape = object({
  when: value,
  say: string,
  isForUnknownToken: optional(boolean),
  offer: optional(offerShape),
  wait: optional(string),
});
const checkShape = object({
  reply: string,
  request: optional(value),
  inOrder: optional(boolean),
  match: value,
  done: string,
  hints: optional(listOf(hintShape)),
  notes: optional(listOf(noteShape)),
});

const memberNames = Object.keys(checkShape.schema.properties ?? {});

/**
 * Reads a `json check` block.
 * @param message Of the step; an offer without its own message puts in this one.
 * @returns The check, or one sentence about the first fault.
 */
export function readCheck(text: string, message: StepMessage): Result<Check, string> {
  const json = readJson(text);
  if (!json.ok) return refused(`The check is not JSON: ${json.refusal.message}`);
  const read = checkShape.read(json.value);
  if (!read) {
    return refused(
      'The check needs reply, match and done; hints are lists of {when, say, isForUnknownToken?, offer?, wait?}, notes of {when, say}, an offer is {label, does?, message?}',
    );
  }
  const surplus = [...membersOf(json.value).keys()].find((name) => !memberNames.includes(name));
  if (surplus !== undefined) return refused(`The check cannot have "${surplus}"`);
  return compile(read, message);
}

function compile(read: Decoded<typeof checkShape>, message: StepMessage): Result<Check, string> {
  const { pattern, firstFault } = patternReader();
  const hints = (read.hints ?? []).map(({ when, offer, ...rest }): Hint => ({
    when: pattern(when),
    say: rest.say,
    isForUnknownToken: rest.isForUnknownToken ?? false,
    offer: offer && toOffer(offer, message),
    wait: rest.wait,
  }));
  const notes = (read.notes ?? []).map(({ when, say }): Note => ({ when: pattern(when), say }));
  const { reply, done } = read;
  const request = read.request && pattern(read.request);
  const inOrder = read.inOrder ?? false;
  const check = { reply, request, inOrder, match: pattern(read.match), done, hints, notes };
  const fault = firstFault();
  return fault === undefined ? ok(check) : refused(`In the check: ${fault}`);
}

/** Reads patterns, and remembers what was wrong with the first faulty one. */
export function patternReader() {
  let fault: string | undefined;
  return {
    pattern: (json: JsonText): Pattern => {
      const result = readPattern(json);
      if (result.ok) return result.value;
      fault ??= result.refusal;
      return { kind: 'exactly', json };
    },
    firstFault: () => fault,
  };
}

function toOffer(offer: Decoded<typeof offerShape>, message: StepMessage): Offer {
  const own = offer.message;
  return {
    label: offer.label,
    does: offer.does ?? 'insert',
    message: own === undefined ? message : toMessage(prettyJson(own)),
  };
}

/** A message and what it needs before it can be sent. */
export function toMessage(text: string): StepMessage {
  const tokens = namesUsed(text).filter(isLearnable);
  const body = readMessage(text.replaceAll(variable, '{"$any":"value"}'))?.body;
  const pattern = body === undefined ? undefined : readPattern(body);
  return { text, tokens, pattern: pattern?.ok === true ? pattern.value : undefined };
}

const variable = /"\{\{[^{}"]*\}\}"/g;
