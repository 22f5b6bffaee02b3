import type { Clock } from '../../../protocol/clock.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { FiguresSample, ServerOverview } from '../../../protocol/inspection/serverFigures.ts';
import type { Watch } from '../watch.ts';

/** The figures are sent again after so long. */
export const overviewMs = 1_000;

/** What is known of the server. */
export interface OverviewSource {
  now(): Promise<ServerOverview>;
  /** Figures of the last minutes that are later than a time, the oldest first. */
  since(atMs: number): readonly FiguresSample[];
}

export interface OverviewWatchParts {
  readonly clock: Clock;
  readonly source: OverviewSource;
  /** Called when {@link OverviewWatch.next} has something. */
  readonly onDue: () => void;
}

/** How the server is doing, for one inspector. */
export class OverviewWatch implements Watch {
  readonly #number: number;
  readonly #parts: OverviewWatchParts;
  #isDue = true;
  /** Of the last sample that was sent. */
  #sentAtMs = 0;
  #stopTimer: (() => void) | undefined;

  /** @param number Comes back with each frame. */
  constructor(number: number, parts: OverviewWatchParts) {
    this.#number = number;
    this.#parts = parts;
  }

  get hasChanges(): boolean {
    return this.#isDue;
  }

  async next(): Promise<InspectionEvent> {
    const { clock, source, onDue } = this.#parts;
    this.#isDue = false;
    this.#stopTimer ??= clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#isDue = true;
      onDue();
    }, overviewMs);
    const figures = await source.now();
    const history = [...source.since(this.#sentAtMs)];
    this.#sentAtMs = history.at(-1)?.atMs ?? this.#sentAtMs;
    return { type: 'overview', number: this.#number, history, ...figures };
  }

  close(): void {
    this.#stopTimer?.();
  }
}
