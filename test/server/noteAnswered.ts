import type { CommandName } from '../../protocol/commands/catalog.ts';
import type {
  AnsweredMessage,
  ObservedCommands,
} from '../../server/inspection/observedCommands.ts';

/** An answered message as it is noted. */
export function partsOf(answered: AnsweredMessage): Parameters<ObservedCommands['note']> {
  const { connection, isConsole, status, durationMs, text, reply } = answered;
  const command = answered.command as CommandName | undefined; // Tests name commands that there are.
  return [{ command, status, reply }, { connection, text, isConsole, startedMs: 0 }, durationMs];
}

/** Lets a message have been answered. */
export function noteAnswered(commands: ObservedCommands, answered: AnsweredMessage): void {
  commands.note(...partsOf(answered));
}
