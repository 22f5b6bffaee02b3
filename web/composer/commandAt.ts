import { commandOf } from '../../protocol/wire/replyName.ts';
import { commandNames, isCommandName, type CommandName } from '../../protocol/commands/catalog.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';

/**
 * The command that a text is about at a place in it: the message's own or, in text that is no message
 * (yet), the nearest name before the cursor, else after it.
 * @param cursor Offset in UTF-16 units.
 * @returns undefined when no command can be made out.
 */
export function commandAt(text: string, cursor: number): CommandName | undefined {
  const message = readMessage(text);
  if (message) return knownCommand(message.name);
  const named = [...text.matchAll(/[a-z]{2}_\w+/gi)].flatMap(({ 0: word, index }) => {
    const name = knownCommand(word);
    return name === undefined ? [] : [{ name, index }];
  });
  return (named.findLast(({ index }) => index <= cursor) ?? named[0])?.name;
}

/** A command's name, also of its reply, in lower case, or begun: the first that starts so. */
function knownCommand(word: string): CommandName | undefined {
  const upper = word.toUpperCase();
  const name = commandOf(upper) ?? upper;
  return isCommandName(name) ? name : commandNames.find((known) => known.startsWith(name));
}
