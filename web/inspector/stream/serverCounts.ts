import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { ShownFigures } from './shownCommand.ts';

type StreamedEvent = Extract<InspectionEvent, { type: 'streamed' }>;

/** Slow commands that are shown, of all servers. */
const maxSlowest = 10;

interface Counts {
  readonly counted: number;
  readonly leftOut: number;
  readonly costMs: number;
  readonly ranMs: number;
}

/** What a stream has counted, of each server that it comes from. */
export class ServerCounts {
  /** The last frames, by the names of servers. */
  readonly #latest = new Map<string | undefined, StreamedEvent>();
  readonly #figures = new Map<string | undefined, StreamedEvent['figures']>();

  clear(): void {
    this.#latest.clear();
    this.#figures.clear();
  }

  take(event: StreamedEvent): void {
    this.#latest.set(event.server, event);
    if (event.figures) this.#figures.set(event.server, event.figures);
  }

  /** Of all servers together. */
  totals(): Counts {
    const frames = [...this.#latest.values()];
    const sum = (of: (frame: StreamedEvent) => number) =>
      frames.reduce((total, frame) => total + of(frame), 0);
    return {
      counted: sum(({ counted }) => counted),
      leftOut: sum(({ leftOut }) => leftOut),
      costMs: sum(({ costMs }) => costMs),
      ranMs: Math.max(0, ...frames.map(({ ranMs }) => ranMs)),
    };
  }

  /** Undefined: none have come. */
  figures(): ShownFigures | undefined {
    if (this.#figures.size === 0) return undefined;
    const all = [...this.#figures].map(([server, { commands, slowest } = nothing]) => ({
      commands: commands.map((each) => ({ ...each, server })),
      slowest: slowest.map((each) => ({ ...each, server })),
    }));
    return {
      commands: all
        .flatMap(({ commands }) => commands)
        .toSorted((one, other) => other.count - one.count),
      slowest: all
        .flatMap(({ slowest }) => slowest)
        .toSorted((one, other) => other.durationUs - one.durationUs)
        .slice(0, maxSlowest),
    };
  }
}

const nothing = { commands: [], slowest: [] };
