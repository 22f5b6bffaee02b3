import type { ViewProps } from '../viewProps.ts';
import type { CommandFeed } from './commandFeed.ts';
import type { ShownCommand } from './shownCommand.ts';

/** What the parts of the view are given. */
export interface CommandsProps extends ViewProps {
  readonly feed: CommandFeed;
}

/** A command that is shown whole, and its row in the list if it has one. */
export interface OpenCommand {
  readonly command: ShownCommand;
  readonly id: number | undefined;
}
