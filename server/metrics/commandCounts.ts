import { commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import { statusCodes } from '../../protocol/status.ts';
import type { CommandRecorder } from '../commands/dispatch.ts';
import { Durations } from './durations.ts';
import type { MetricFamily } from './prometheusText.ts';

/** Stands for messages that name no command. What they do name is the client's, and must make no series. */
const noCommand = 'none';

const rows = [...commandNames, noCommand] as const;
const rowOf = new Map<CommandName | undefined, number>(
  commandNames.map((name, index) => [name, index]),
);
const lastRow = commandNames.length;

const statuses = Object.entries(statusCodes);
const columnOf = new Uint8Array(Math.max(...Object.values(statusCodes)) + 1);
for (const [index, [, code]] of statuses.entries()) columnOf[code] = index;

/** What was answered, by command and status, and how long it took. */
export class CommandCounts implements CommandRecorder {
  readonly #counts = new Float64Array(rows.length * statuses.length);
  readonly #durations = new Durations(rows.length);

  /** Messages answered since the start. */
  total = 0;

  record(command: CommandName | undefined, status: number, durationMs: number): void {
    const row = rowOf.get(command) ?? lastRow;
    const at = row * statuses.length + (columnOf[status] ?? 0);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#durations.note(row, durationMs);
    this.total += 1;
  }

  /** Only what was ever asked for. */
  families(): MetricFamily[] {
    const counts = rows.flatMap((command, row) =>
      statuses.map(([status], column) => ({
        labels: { command, status },
        value: this.#counts[row * statuses.length + column] ?? 0,
      })),
    );
    return [
      {
        name: 'seshdeck_commands_total',
        help: 'Messages answered, by command and by the status of the reply.',
        type: 'counter',
        samples: counts.filter(({ value }) => value > 0),
      },
      {
        name: 'seshdeck_command_seconds',
        help: 'Time from a message to its reply, by command.',
        type: 'histogram',
        samples: rows.flatMap((command, row) => this.#durations.samples(row, { command })),
      },
    ];
  }
}
