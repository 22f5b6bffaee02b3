import type {
  CommandDurations as Figures,
  StreamedCommand,
  StreamFigures,
} from '../../../protocol/inspection/streamedCommands.ts';
import { isSuccessCode, statusCodes } from '../../../protocol/status.ts';
import type { AnsweredMessages } from '../observedCommands.ts';

/** Commands that are kept because they took longest. */
export const maxSlowest = 10;

/** Buckets to a doubling: what is read from one is at most a tenth too high. */
const perDoubling = 8;

/** From 1 microsecond to over two minutes. */
const bucketCount = 27 * perDoubling;

const successCodes: ReadonlySet<number> = new Set(
  Object.values(statusCodes).filter((code) => isSuccessCode(code)),
);

class Tally {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;
  #failed = 0;
  #maxUs = 0;

  note(durationUs: number, hasFailed: boolean): void {
    const bucket = Math.ceil(Math.log2(Math.max(durationUs, 1)) * perDoubling);
    const at = Math.min(bucket, bucketCount - 1);
    this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
    this.#count += 1;
    this.#failed += Number(hasFailed);
    this.#maxUs = Math.max(this.#maxUs, durationUs);
  }

  figures(command: string | undefined): Figures {
    return {
      command,
      count: this.#count,
      failed: this.#failed,
      p50Us: this.#percentile(0.5),
      p95Us: this.#percentile(0.95),
      p99Us: this.#percentile(0.99),
      maxUs: Math.round(this.#maxUs),
    };
  }

  /** So much that this share took no longer. */
  #percentile(share: number): number {
    let left = Math.ceil(this.#count * share);
    const bucket = this.#buckets.findIndex((count) => (left -= count) <= 0);
    return Math.round(Math.min(2 ** (bucket / perDoubling), this.#maxUs));
  }
}

/** How long commands took, by command, and those that took longest. */
export class CommandDurations {
  readonly #tallies = new Map<string | undefined, Tally>();
  /** The slowest first. */
  #slowest: StreamedCommand[] = [];
  /** What takes longer is one of them; less than 0 until there are enough. */
  slowestAboveUs = -1;
  #lastCommand: string | undefined;
  #last: Tally | undefined;

  /** @returns Whether it is one of the slowest so far: then {@link keep} is to be called. */
  note({ commands, statuses, durationsMs }: AnsweredMessages, at: number): boolean {
    const durationUs = (durationsMs[at] ?? 0) * 1000;
    this.#tallyOf(commands[at]).note(durationUs, !successCodes.has(statuses[at] ?? 0));
    return durationUs > this.slowestAboveUs;
  }

  /** Keeps one of the slowest, in place of the fastest of them. */
  keep(entry: StreamedCommand): void {
    this.#slowest = [...this.#slowest, entry]
      .sort((one, other) => other.durationUs - one.durationUs)
      .slice(0, maxSlowest);
    this.slowestAboveUs = this.#slowest[maxSlowest - 1]?.durationUs ?? -1;
  }

  #tallyOf(command: string | undefined): Tally {
    // Mostly it is the same as before.
    if (this.#last && command === this.#lastCommand) return this.#last;
    const tally = this.#tallies.get(command) ?? new Tally();
    this.#tallies.set(command, tally);
    this.#lastCommand = command;
    this.#last = tally;
    return tally;
  }

  /** The command that came most often first. */
  figures(): StreamFigures {
    const commands = [...this.#tallies].map(([command, tally]) => tally.figures(command));
    commands.sort((one, other) => other.count - one.count);
    return { commands, slowest: this.#slowest };
  }
}
