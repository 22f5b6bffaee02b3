import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import type { ConnectionView } from '../connection/connectionView.ts';
import { canSendOrWait, type WaitRefusal } from '../connection/sendOrWait.ts';
import { fill, substitute } from '../connection/substitute.ts';
import { isLearnable } from '../connection/variableName.ts';
import type { Variables } from '../connection/variables.ts';
import { messageSpans } from '../ui/jsonTokens.ts';
import { byteLength } from './byteBudget.ts';

/** Why a message is held back. */
export type MessageFault =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unresolved'; readonly names: readonly string[] }
  | {
      readonly kind: 'invalid';
      readonly message: string;
      /** From 1. */
      readonly line: number;
      /** From 1, in UTF-16 units. */
      readonly column: number;
      /** The text as it would go out; absent for one of several messages. */
      readonly text?: string;
    }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly text?: string }
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
 * @returns The text to send: what was written, with the variables filled in and nothing else changed.
 */
export function checkMessage(draft: string, limits: Limits): Result<string, MessageFault> {
  if (draft.trim() === '') return refused({ kind: 'empty' });
  const { variables, isLiteral = false } = limits;
  const { text, unresolved } = fill({ text: draft, isLiteral }, variables);
  if (unresolved.length > 0) return refused({ kind: 'unresolved', names: unresolved });
  return checkText(text, limits);
}

function checkText(
  text: string,
  { maxPayloadBytes, route }: Pick<Limits, 'maxPayloadBytes' | 'route'>,
): Result<string, MessageFault> {
  const json = readJson(text);
  if (!json.ok) return refused(placeFault(text, json.refusal));
  const bytes = byteLength(text);
  if (bytes > maxPayloadBytes) return refused({ kind: 'tooLarge', bytes, text });
  const allowed = canSendOrWait(text, route);
  return allowed.ok ? ok(text) : refused({ kind: 'cannotWait', refusal: allowed.refusal });
}

function placeFault(text: string, { at, message }: { at: number; message: string }): MessageFault {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { kind: 'invalid', message, line: before.length, column, text };
}

/**
 * Checks every message of a draft before the first is sent.
 * @returns The messages as they are written: variables are put in when the turn of each has come,
 * since a reply to one may give the next its token.
 */
export function checkDraft(draft: string, limits: Limits): Result<readonly string[], MessageFault> {
  const spans = messageSpans(draft);
  if (spans.length === 1) {
    const checked = checkMessage(draft, limits);
    return checked.ok ? ok([draft]) : checked;
  }
  for (const [index, { start, end }] of spans.entries()) {
    const fault = faultOfOne(draft.slice(start, end), { ...limits, isFirst: index === 0 });
    if (fault) return refused(moveFault(fault, draft.slice(0, start)));
  }
  return ok(spans.map(({ start, end }) => draft.slice(start, end)));
}

interface OneOfSeveral extends Limits {
  readonly isFirst: boolean;
}

function faultOfOne(draft: string, limits: OneOfSeveral): MessageFault | undefined {
  const { variables, isLiteral = false } = limits;
  const { text, unresolved } = fill({ text: draft, isLiteral }, variables);
  const hopeless = limits.isFirst ? unresolved : unresolved.filter((name) => !isLearnable(name));
  if (hopeless.length > 0) return { kind: 'unresolved', names: hopeless };
  // What a reply is still to give is an unknown value: any stands for it.
  const standIns = new Map(unresolved.map((name) => [name, '0']));
  const checked = checkText(substitute(text, standIns).text, limits);
  return checked.ok ? undefined : checked.refusal;
}

/** Counts from the start of the draft, and offers no text to send: there is more than one. */
function moveFault(fault: MessageFault, before: string): MessageFault {
  if (fault.kind === 'tooLarge') return { kind: 'tooLarge', bytes: fault.bytes };
  if (fault.kind !== 'invalid') return fault;
  const { kind, message, line, column } = fault;
  const linesBefore = before.split('\n');
  const shift = line === 1 ? (linesBefore.at(-1) ?? '').length : 0;
  return { kind, message, line: line + linesBefore.length - 1, column: column + shift };
}
