import type {
  CommandDurations,
  StreamedCommand,
} from '../../../protocol/inspection/streamedCommands.ts';

/** Of which server something is; absent: there is only one. */
interface OfServer {
  readonly server: string | undefined;
}

/** A command, and the server that has answered it. */
export type ShownCommand = StreamedCommand & OfServer;

/** How long one command took on one server. */
export type ShownDurations = CommandDurations & OfServer;

/** What streams of all servers counted. */
export interface ShownFigures {
  readonly commands: readonly ShownDurations[];
  /** The slowest first. */
  readonly slowest: readonly ShownCommand[];
}
