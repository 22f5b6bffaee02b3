import { flatKeyStatuses, keyStatuses } from '../protocol/codec/keyStatuses.ts';
import { catalog, commandNames, type CommandName } from '../protocol/commands/catalog.ts';
import type { AnyCommand } from '../protocol/commands/defineCommand.ts';
import { replyNameOf } from '../protocol/wire/replyName.ts';

/** What this client must know of a command at run time; its types say the rest. */
export interface CommandFacts {
  readonly replyName: string;
  /** Says nothing on success. */
  readonly isQuiet: boolean;
  readonly isMutating: boolean;
  /** Where the reply has a status for each key: in its member `keys`, or beside `tkn`. */
  readonly keyStatuses: 'none' | 'in keys' | 'beside tkn';
}

/**
 * Those of every command, from the catalog. The build puts the values in place of this file, so that what is
 * shipped has none of the catalog's texts.
 */
export const commandFacts = Object.fromEntries(
  commandNames.map((name) => [name, factsOf(name)]),
) as Readonly<Record<CommandName, CommandFacts>>; // By all names of commands.

function factsOf(name: CommandName): CommandFacts {
  const { isQuiet, isMutating, reply } = catalog[name];
  return {
    replyName: replyNameOf(name),
    isQuiet: isQuiet ?? false,
    isMutating,
    keyStatuses: placeOfStatuses(reply),
  };
}

function placeOfStatuses(reply: AnyCommand['reply']): CommandFacts['keyStatuses'] {
  if (reply.read === flatKeyStatuses.read) return 'beside tkn';
  const keys = reply.members?.find(({ name }) => name === 'keys');
  return keys?.codec.read === keyStatuses.read ? 'in keys' : 'none';
}
