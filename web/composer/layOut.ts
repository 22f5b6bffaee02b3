import { messageSpans, withoutVariables } from '../../protocol/json/jsonTokens.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Draft } from './draft.ts';

/**
 * Lays a message out over lines, or each of several with an empty line between them. Only white
 * space changes: digits, escapes and variables stay as they are written.
 * @returns undefined when one of them is no JSON.
 */
export function layOut(text: string): string | undefined {
  const messages = messageSpans(text).map(({ start, end }) => text.slice(start, end));
  if (!messages.every((message) => readJson(withoutVariables(message)).ok)) return undefined;
  return messages.map(prettyJson).join('\n\n');
}

/** Formats the JSON of a draft; if that cannot be done, the draft says why. */
export function beautify(draft: Draft): void {
  const { text } = draft.store.getState();
  const laidOut = layOut(text);
  if (laidOut === undefined) draft.refuse(text);
  else draft.setText(laidOut);
}
