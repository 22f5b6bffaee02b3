import { atomicCommands } from './atomic.ts';
import { dataSetCommands } from './dataSets.ts';
import { keyValueCommands } from './keyValues.ts';
import { queryCommands } from './queries.ts';
import { serverCommands } from './server.ts';
import { sessionCommands } from './sessions.ts';
import type { AnyCommand, ParamsOfSpec, ReplyOfSpec } from './defineCommand.ts';

const entries = {
  ...sessionCommands,
  ...dataSetCommands,
  ...keyValueCommands,
  ...atomicCommands,
  ...queryCommands,
  ...serverCommands,
};

/** Name of a command, such as `SH_NEW`. */
export type CommandName = keyof typeof entries;

/** The entry of a command with all its types. */
export type SpecOf<N extends CommandName> = (typeof entries)[N];

/** What the handler of a command gets. */
export type ParamsOf<N extends CommandName> = ParamsOfSpec<SpecOf<N>>;

/** What the handler of a command gives. */
export type ReplyOf<N extends CommandName> = ReplyOfSpec<SpecOf<N>>;

/** Every command, sessions first. Nothing else in the project lists commands. */
export const catalog: Readonly<Record<CommandName, AnyCommand>> = entries;

/** Names of all commands, in the catalog's order. */
export const commandNames = Object.keys(entries) as CommandName[];

/** Whether the server has a command of exactly this name. */
export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(entries, name);
}
