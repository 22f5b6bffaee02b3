import { asJsonText, kindOf, membersOf, quote, type JsonText } from '../json/jsonText.ts';
import { readJson } from '../json/readJson.ts';

/** A message as a client sees it: the single member's name and its value. */
export interface NamedMessage {
  /** `SH_NEW`, `SH_NEW_RSP`, `ERR` … */
  readonly name: string;
  readonly body: JsonText;
}

/**
 * Text of a message, in either direction, → its name and body.
 * @returns undefined when it is not an object with one member.
 */
export function readMessage(text: string): NamedMessage | undefined {
  const json = readJson(text);
  return json.ok ? namedMessageOf(json.value) : undefined;
}

/** {@link readMessage} of a text that has been read already. */
export function namedMessageOf(json: JsonText): NamedMessage | undefined {
  if (kindOf(json) !== 'object') return undefined;
  const members = membersOf(json);
  const [first] = members;
  if (!first || members.size > 1) return undefined;
  return { name: first[0], body: first[1] };
}

/** Wraps a body under a command's name. */
export function writeRequest(name: string, body: JsonText): JsonText {
  return asJsonText(`{${quote(name)}:${body}}`);
}
