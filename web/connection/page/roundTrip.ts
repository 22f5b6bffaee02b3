import type { SetTimer } from '../../../protocol/clock.ts';

interface ProbeDeps {
  readonly setTimer: SetTimer;
  /** Whether a probe would disturb nobody now. */
  readonly mayProbe: () => boolean;
  readonly probe: () => void;
  readonly onMeasured: (roundTripMs: number | undefined) => void;
}

const pauseMs = 5_000;

/**
 * Measures the round trip of an idle connection. Browsers cannot ping, so it sends a command that
 * changes nothing: only once the server is known to speak our protocol, and never again on this
 * connection after an answer that is none.
 */
export class RoundTrip {
  readonly #deps: ProbeDeps;
  #state: 'unknown' | 'probing' | 'over' = 'unknown';
  #isOut = false;
  #stopTimer = () => {};

  constructor(deps: ProbeDeps) {
    this.#deps = deps;
  }

  /** The server has answered a request of ours, so it knows the protocol. */
  serverSpoke(): void {
    if (this.#state !== 'unknown') return;
    this.#state = 'probing';
    this.#wait();
  }

  /** @param roundTripMs Undefined when the server does not know the question. */
  answered(roundTripMs: number | undefined): void {
    this.#isOut = false;
    if (roundTripMs === undefined) this.stop();
    else this.#deps.onMeasured(roundTripMs);
  }

  /** Ends it; the figure is gone. */
  stop(): void {
    this.#stopTimer();
    this.#state = 'over';
    this.#deps.onMeasured(undefined);
  }

  #wait(): void {
    this.#stopTimer = this.#deps.setTimer(() => {
      this.#probe();
      this.#wait();
    }, pauseMs);
  }

  #probe(): void {
    if (this.#isOut) {
      // No answer all this time: the figure of before says nothing about now.
      this.#deps.onMeasured(undefined);
      return;
    }
    if (!this.#deps.mayProbe()) return;
    this.#isOut = true;
    this.#deps.probe();
  }
}
