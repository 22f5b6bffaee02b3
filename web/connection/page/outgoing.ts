import { catalog, isCommandName } from '../../../protocol/commands/catalog.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { namedMessageOf } from '../../../protocol/wire/namedMessage.ts';
import { expectedReply } from '../../../protocol/wire/pairing.ts';
import type { OutgoingMessage, WrittenMessage } from './exchange.ts';

const utf8 = new TextEncoder();

/**
 * Reads a text that is to be sent, once for all who have to know something of it.
 * @param text As it goes over the wire, variables filled in; need not be JSON.
 * @param written Absent: it was written as it is sent.
 */
export function outgoing(text: string, written?: WrittenMessage): OutgoingMessage {
  const json = readJson(text);
  return outgoingOf({ text, written, json: json.ok ? json.value : undefined });
}

interface ReadText {
  readonly text: string;
  readonly written: WrittenMessage | undefined;
  /** Undefined: the text is no JSON. */
  readonly json: JsonText | undefined;
}

/** {@link outgoing} of a text that somebody has read already. */
export function outgoingOf({ text, written, json }: ReadText): OutgoingMessage {
  const request = json === undefined ? undefined : namedMessageOf(json);
  const name = request?.name ?? '';
  const bytes = utf8.encode(text).length;
  return { text, written, request, name, bytes, ...expectedReply(request), ...rulesFor(name) };
}

/** What the catalog says about sending a command. */
function rulesFor(name: string): Pick<OutgoingMessage, 'late' | 'asksInProduction'> {
  if (!isCommandName(name)) return { late: 'unknown', asksInProduction: false };
  const { isDangerous, asksInProduction = false } = catalog[name];
  return { late: isDangerous ? 'dangerous' : 'safe', asksInProduction };
}
