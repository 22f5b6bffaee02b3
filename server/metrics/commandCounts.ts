import { commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import type { CommandCount } from '../../protocol/inspection/serverFigures.ts';
import { isSuccessCode, statusCodes } from '../../protocol/status.ts';
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

const isFailureAt = Uint8Array.from(statuses, ([, code]) => Number(!isSuccessCode(code)));

/** What was answered, by command and status, and how long it took. */
export class CommandCounts implements CommandRecorder {
  readonly #counts = new Float64Array(rows.length * statuses.length);
  readonly #durations = new Durations(rows.length);

  /** Messages answered since the start. */
  total = 0;
  /** Those of them whose reply was a refusal or a failure. */
  failed = 0;

  record(command: CommandName | undefined, status: number, durationMs: number): void {
    const row = rowOf.get(command) ?? lastRow;
    const column = columnOf[status] ?? 0;
    const at = row * statuses.length + column;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#durations.note(row, durationMs);
    this.total += 1;
    this.failed += isFailureAt[column] ?? 0;
  }

  /** Only what was ever asked for. */
  counts(): CommandCount[] {
    return rows.flatMap((command, row) => {
      const answers = statuses.map(([, status], column) => ({
        status,
        count: this.#counts[row * statuses.length + column] ?? 0,
      }));
      const asked = answers.filter(({ count }) => count > 0);
      if (asked.length === 0) return [];
      const totalUs = Math.round(this.#durations.totalMs(row) * 1000);
      return [{ command: command === noCommand ? undefined : command, statuses: asked, totalUs }];
    });
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
