import type { CommandName } from '../../protocol/commands/catalog.ts';
import { asJsonText, quote, type JsonText } from '../../protocol/json/jsonText.ts';
import { writeRequest } from '../../protocol/wire/namedMessage.ts';
import type { Expiry } from './countdown.ts';

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

/** The command that gives a session this expiry from now on; null: it never expires. */
export function expiryCommand(
  expiry: Pick<NonNullable<Expiry>, 'durationSec' | 'deleteSession'> | null,
) {
  if (!expiry || expiry.durationSec === 0) {
    return commandText('SH_TOUCH', { duration: asJsonText('0') });
  }
  return commandText('SH_TOUCH', {
    duration: asJsonText(String(expiry.durationSec)),
    deleteSession: asJsonText(String(expiry.deleteSession)),
  });
}

/** The same command for the composer, where `{{tkn}}` stands for the session. */
export function withVariable(command: string): string {
  return command.replace(/:\{(\}?)/, (_begin, end: string) =>
    end === '' ? ':{"tkn":"{{tkn}}",' : ':{"tkn":"{{tkn}}"}',
  );
}
