import { readJson } from '../../protocol/json/readJson.ts';
import { ok, refused, type Result } from '../../protocol/result.ts';
import { substitute, type Variables } from '../connection/variables.ts';

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
      /** The text as it would go out. */
      readonly text: string;
    }
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly text: string };

const utf8 = new TextEncoder();

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/**
 * Puts the variables in and looks whether the result can be sent.
 * @returns The text to send: what was written, with the variables filled in and nothing else changed.
 */
export function checkMessage(
  draft: string,
  { variables, maxPayloadBytes }: { variables: Variables; maxPayloadBytes: number },
): Result<string, MessageFault> {
  if (draft.trim() === '') return refused({ kind: 'empty' });
  const { text, unresolved } = substitute(draft, variables);
  if (unresolved.length > 0) return refused({ kind: 'unresolved', names: unresolved });
  const json = readJson(text);
  if (!json.ok) return refused(placeFault(text, json.refusal));
  const bytes = byteLength(text);
  return bytes > maxPayloadBytes ? refused({ kind: 'tooLarge', bytes, text }) : ok(text);
}

function placeFault(text: string, { at, message }: { at: number; message: string }): MessageFault {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1) ?? '').length + 1;
  return { kind: 'invalid', message, line: before.length, column, text };
}
