import type { Clock } from '../../../protocol/clock.ts';
import type { Log } from '../../log.ts';

/** A start that is done by then says nothing; a longer one says how far it is, once in so long. */
const intervalMs = 1_000;

/** Tells the operator how far the reading of the data has come. */
export class LoadProgress {
  readonly #parts: { readonly clock: Clock; readonly log: Log; readonly directory: string };
  readonly #startedAtMs: number;
  #saidAtMs: number;
  #bytes = 0;

  constructor(parts: { readonly clock: Clock; readonly log: Log; readonly directory: string }) {
    this.#parts = parts;
    this.#startedAtMs = parts.clock.nowMs();
    this.#saidAtMs = this.#startedAtMs;
  }

  /** @param total Bytes of all. */
  add(bytes: number, total: number): void {
    this.#bytes += bytes;
    const { clock, log, directory } = this.#parts;
    const nowMs = clock.nowMs();
    if (nowMs - this.#saidAtMs < intervalMs) return;
    this.#saidAtMs = nowMs;
    const percent = Math.floor((100 * this.#bytes) / total);
    log.info(`Reading ${directory}: ${percent} % of ${megabytes(total)}`);
  }

  end(): void {
    const { clock, log, directory } = this.#parts;
    if (this.#saidAtMs === this.#startedAtMs) return;
    const seconds = ((clock.nowMs() - this.#startedAtMs) / 1_000).toFixed(1);
    log.info(`${directory} was read in ${seconds} s`);
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
