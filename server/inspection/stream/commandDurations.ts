import type {
  CommandDurations as Figures,
  StreamedCommand,
  StreamFigures,
} from '../../../protocol/inspection/streamedCommands.ts';
import { isSuccessCode, statusCodes } from '../../../protocol/status.ts';
import type { AnsweredMessages } from '../observedCommands.ts';

/** Commands that are kept because they took longest. */
export const maxSlowest = 10;

/** Each doubling has so many buckets of the same width: what is read from one is at most a sixteenth too high. */
const perDoubling = 16;

/** The high half of a 64-bit float: sign, exponent, and the first bits of the mantissa. */
const mantissaBits = 20;
const bucketShift = mantissaBits - Math.log2(perDoubling);
const highHalf = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const exponentOfOne = 1023;
const firstBucket = exponentOfOne * perDoubling;

/** From 1 microsecond to over two minutes. */
const bucketCount = 27 * perDoubling;

/** 1 for codes of replies that are failures or refusals. */
const failures = new Uint8Array(Math.max(...Object.values(statusCodes)) + 1).fill(1);
for (const code of Object.values(statusCodes)) failures[code] = Number(!isSuccessCode(code));

class Tally {
  readonly #buckets = new Uint32Array(bucketCount);
  #count = 0;
  #failed = 0;
  #maxUs = 0;

  /** @param highBits High half of the duration in microseconds, as a float. */
  note(durationUs: number, highBits: number, failed: number): void {
    const bucket = Math.max((highBits >>> bucketShift) - firstBucket, 0);
    const at = Math.min(bucket, bucketCount - 1);
    this.#buckets[at] = (this.#buckets[at] ?? 0) + 1;
    this.#count += 1;
    this.#failed += failed;
    if (durationUs > this.#maxUs) this.#maxUs = durationUs;
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
    const [doubling, place] = [Math.floor(bucket / perDoubling), bucket % perDoubling];
    const endUs = 2 ** doubling * (1 + (place + 1) / perDoubling);
    return Math.round(Math.min(endUs, this.#maxUs));
  }
}

/** How long commands took, by command, and those that took longest. */
export class CommandDurations {
  readonly #tallies = new Map<string | undefined, Tally>();
  /** The slowest first. */
  #slowest: StreamedCommand[] = [];
  /** What takes longer is one of them; less than 0 until there are enough. */
  slowestAboveUs = -1;
  /** A float, and the same memory as its halves. */
  readonly #float = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#float.buffer);
  #lastCommand: string | undefined;
  #last: Tally | undefined;

  /** @returns Whether it is one of the slowest so far: then {@link keep} is to be called. */
  note({ commands, statuses, durationsMs }: AnsweredMessages, at: number): boolean {
    const durationUs = (durationsMs[at] ?? 0) * 1000;
    this.#float[0] = durationUs;
    const failed = failures[statuses[at] ?? 0] ?? 1;
    this.#tallyOf(commands[at]).note(durationUs, this.#halves[highHalf] ?? 0, failed);
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
