import type { JsonFault } from '../../protocol/json/jsonFault.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import type { ConnectionView } from '../connection/page/connectionView.ts';
import type { OutgoingMessage, WaitRefusal } from '../connection/page/exchange.ts';
import { refusalOf } from '../connection/page/exchangeQueue.ts';
import { outgoingOf } from '../connection/page/outgoing.ts';
import {
  fill,
  placeholdersIn,
  writtenPlace,
  type Substitution,
} from '../connection/page/substitute.ts';
import { isLearnable } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import { messageSpans, type TextSpan } from '../../protocol/json/jsonTokens.ts';
import { oddCharacterAt, quoteOfOpenString, type OddCharacter } from './oddCharacter.ts';

/** Why a message is held back. */
export type MessageFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unresolved'; readonly names: readonly string[] }
  | {
      readonly kind: 'invalid';
      readonly message: string;
      /** From 1. */
      readonly line: number;
      /** From 1, in UTF-16 units. Line and column count in the text as it is written. */
      readonly column: number;
      /** The variable whose value holds the fault. */
      readonly variable: string | undefined;
      /** A variable before the fault whose value is no JSON. */
      readonly suspect: string | undefined;
      /** What stands there, when nobody can see it or JSON does not know it. */
      readonly character: OddCharacter | undefined;
      /** The text as it would go out; absent for one of several messages. */
      readonly text?: string | undefined;
    }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly text?: string | undefined }
  /** There is no connection, and the message must not wait for one. */
  | { readonly kind: 'cannotWait'; readonly refusal: WaitRefusal };

interface Limits {
  readonly variables: Variables;
  readonly maxPayloadBytes: number;
  /** Variables are off: the text is sent as it is written. */
  readonly isLiteral?: boolean;
  /** Where it would go. */
  readonly route: Pick<ConnectionView, 'status' | 'unsent'>;
}

/**
 * Puts the variables in and looks whether the result can be sent.
 * @returns What to send: the text as it was written, with the variables filled in and nothing else
 * changed.
 */
export function checkMessage(draft: string, limits: Limits): Result<OutgoingMessage, MessageFault> {
  if (draft.trim() === '') return refused({ kind: 'empty' });
  const { variables, isLiteral = false } = limits;
  const filled = fill({ text: draft, isLiteral }, variables);
  if (filled.unresolved.length > 0)
    return refused({ kind: 'unresolved', names: filled.unresolved });
  return checkFilled({ draft, start: 0, end: draft.length }, filled, limits);
}

/** One message of a draft. */
interface Part extends TextSpan {
  readonly draft: string;
}

function checkFilled(
  part: Part,
  filled: Substitution,
  limits: Limits,
): Result<OutgoingMessage, MessageFault> {
  const { text } = filled;
  const json = readJson(text);
  if (!json.ok) return refused(placeFault(part, filled, json.refusal));
  const { isLiteral = false } = limits;
  const own = { text: part.draft.slice(part.start, part.end), isLiteral };
  const written = own.text === part.draft ? own : { ...own, conversation: part.draft };
  return withinLimits(outgoingOf({ text, written, json: json.value }), limits);
}

/** Whether a message that has been read can be sent now. */
function withinLimits(
  message: OutgoingMessage,
  { maxPayloadBytes, route }: Pick<Limits, 'maxPayloadBytes' | 'route'>,
): Result<OutgoingMessage, MessageFault> {
  const { bytes, text } = message;
  if (bytes > maxPayloadBytes) return refused({ kind: 'tooLarge', bytes, text });
  const refusal = refusalOf(message, route);
  return refusal ? refused({ kind: 'cannotWait', refusal }) : ok(message);
}

function placeFault(
  { draft, start, end }: Part,
  filled: Substitution,
  { at, message }: JsonFault,
): MessageFault {
  const { text } = filled;
  const faultAt = quoteOfOpenString(text, at) ?? at;
  const { at: writtenAt, name: variable } = writtenPlace(filled, faultAt);
  const before = draft.slice(0, start + writtenAt).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  const suspect = variable ?? brokenBefore(filled, faultAt, draft.slice(start, end));
  const character = oddCharacterAt(text, faultAt);
  return {
    kind: 'invalid',
    message,
    line: before.length,
    column,
    variable,
    suspect,
    character,
    text,
  };
}

/** The last variable before a place that stands as a value and is none. */
function brokenBefore({ text, fillings }: Substitution, at: number, written: string) {
  const bare = new Set(
    placeholdersIn(written).flatMap((each) => (each.isInString ? [] : each.start)),
  );
  return fillings.findLast(
    (filling) =>
      filling.filled.end <= at &&
      bare.has(filling.written.start) &&
      !readJson(text.slice(filling.filled.start, filling.filled.end)).ok,
  )?.name;
}

/** One of the messages of a draft. */
export interface DraftMessage {
  /** As it stands there. */
  readonly text: string;
  /** As it would go out now; a reply before it may still change a variable in it. */
  readonly message: OutgoingMessage;
}

/**
 * Checks every message of a draft before the first is sent.
 * @returns The messages in order. Variables of several are put in when the turn of each has come,
 * since a reply to one may give the next its token.
 */
export function checkDraft(
  draft: string,
  limits: Limits,
): Result<readonly DraftMessage[], MessageFault> {
  // Nearly always there is one: then it is read once, and that is what goes out.
  const whole = checkMessage(draft, limits);
  if (whole.ok) return ok([{ text: draft, message: whole.value }]);
  const spans = messageSpans(draft);
  if (spans.length === 1) return whole;
  const messages: DraftMessage[] = [];
  for (const [index, { start, end }] of spans.entries()) {
    const checked = checkOne({ draft, start, end }, { ...limits, isFirst: index === 0 });
    if (!checked.ok) return refused(withoutText(checked.refusal));
    messages.push(checked.value);
  }
  return ok(messages);
}

interface OneOfSeveral extends Limits {
  readonly isFirst: boolean;
}

function checkOne(part: Part, limits: OneOfSeveral): Result<DraftMessage, MessageFault> {
  const { variables, isLiteral = false } = limits;
  const text = part.draft.slice(part.start, part.end);
  const { unresolved } = fill({ text, isLiteral }, variables);
  const hopeless = limits.isFirst ? unresolved : unresolved.filter((name) => !isLearnable(name));
  if (hopeless.length > 0) return refused({ kind: 'unresolved', names: hopeless });
  // What a reply is still to give is an unknown value: any stands for it.
  const standIns = unresolved.map((name) => [name, '0'] as const);
  const filled = fill({ text, isLiteral }, new Map([...variables, ...standIns]));
  const checked = checkFilled(part, filled, limits);
  return checked.ok ? ok({ text, message: checked.value }) : checked;
}

/** When the turn of a message has come: it is read again only where a reply has changed it. */
export function checkAgain(
  { text, message }: DraftMessage,
  limits: Limits,
): Result<OutgoingMessage, MessageFault> {
  const { variables, isLiteral = false } = limits;
  const filled = fill({ text, isLiteral }, variables);
  const isSame = filled.unresolved.length === 0 && filled.text === message.text;
  return isSame ? withinLimits(message, limits) : checkMessage(text, limits);
}

/** Offers no text to send: there is more than one message. */
function withoutText(fault: MessageFault): MessageFault {
  return fault.kind === 'tooLarge' || fault.kind === 'invalid'
    ? { ...fault, text: undefined }
    : fault;
}
