import { rememberedSec, type FiguresSample } from '../../protocol/inspection/serverFigures.ts';

const everyMs = 1_000;

/** A server's figures of the last minutes, one sample a second. */
export class RecentFigures {
  readonly #take: () => Promise<FiguresSample>;
  #samples: FiguresSample[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param take Takes a sample; what it rejects with is left out. */
  constructor(take: () => Promise<FiguresSample>) {
    this.#take = take;
  }

  /** Does not keep the process running. In real time: a test that lets days pass wants no sample of each second. */
  start(): void {
    this.#timer = setInterval(() => void this.sample(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async sample(): Promise<void> {
    const sample = await this.#take().catch(() => undefined);
    if (sample) this.#samples = [...this.#samples.slice(1 - rememberedSec), sample];
  }

  /** Samples that are later than a time, the oldest first. */
  since(atMs: number): readonly FiguresSample[] {
    return this.#samples.filter((sample) => sample.atMs > atMs);
  }
}
