import type { CommandName } from '../../protocol/commands/catalog.ts';
import { asJsonText, quote, type JsonText } from '../../protocol/json/jsonText.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';

/** A command as the inspector sends it: without a token. What is undefined is left out. */
export function commandText(
  name: CommandName,
  members: Readonly<Record<string, JsonText | undefined>> = {},
): JsonText {
  const written = Object.entries(members).flatMap(([member, value]) =>
    value === undefined ? [] : [`${quote(member)}:${value}`],
  );
  return writeRequest(name, asJsonText(`{${written.join(',')}}`));
}

/** The same command for the composer, where `{{tkn}}` stands for the session. */
export function withVariable(command: string): string {
  return command.replace(/:\{(\}?)/, (_begin, end: string) =>
    end === '' ? ':{"tkn":"{{tkn}}",' : ':{"tkn":"{{tkn}}"}',
  );
}
