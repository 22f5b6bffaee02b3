import type { CommandName } from '../../protocol/commands/catalog.ts';
import { asJsonText, quote } from '../../protocol/json/jsonText.ts';
import { prettyJson } from '../../protocol/json/prettyJson.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';
import { templateOf, type Template } from '../../protocol/wire/template.ts';

/** What a person wants to do with a session in the composer. */
export interface SessionUse {
  readonly token: string;
  readonly name: string;
  /** What to write into the composer; undefined: only where nothing was written. */
  readonly command: SessionCommand | undefined;
  /** Messages for it that are ready, instead of that of a command: one or more. */
  readonly messages?: readonly string[];
  /** The session's keys, as far as they are listed. */
  readonly keys: readonly string[];
}

/** Commands that are offered for a session. */
export type SessionCommand = Extract<CommandName, 'KV_GET' | 'KV_SET' | 'SH_END'>;

/** A command for the session that `{{tkn}}` stands for; KV_GET asks for all keys. */
export function commandFor({ command = 'KV_GET', messages, keys }: SessionUse): Template {
  if (messages !== undefined) {
    const text = messages.map((each) => prettyJson(each)).join('\n');
    return { text, selection: { start: text.length, length: 0 } };
  }
  if (command !== 'KV_GET' || keys.length === 0) return templateOf(command);
  const body = asJsonText(`{"tkn":"{{tkn}}","keys":[${keys.map((key) => quote(key)).join(',')}]}`);
  const text = prettyJson(writeRequest(command, body));
  return { text, selection: { start: text.length, length: 0 } };
}
