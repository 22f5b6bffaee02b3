import type { Sending } from './pendingReplies.ts';
import type { Arrival } from './socketPort.ts';

interface ProbeDeps {
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  /** Whether a probe would disturb nobody now. */
  readonly mayProbe: () => boolean;
  /** @returns Where the time belongs at which the text really goes out. */
  readonly send: (text: string) => Sending;
  readonly tell: (roundTripMs: number | undefined) => void;
}

const probeText = '{"SV_INFO":{}}';
const replyName = 'SV_INFO_RSP';
const pauseMs = 5_000;

/**
 * Measures the round trip of an idle connection. Browsers cannot ping, so a question stands in that
 * changes nothing: only once the server is known to speak our protocol, and never again on this
 * connection after an answer that is none.
 */
export class RoundTrip {
  readonly #deps: ProbeDeps;
  #state: 'unknown' | 'probing' | 'over' = 'unknown';
  /** Time of sending of a probe whose answer has not come. */
  #out: Sending | undefined;
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

  /** Takes the answer to a probe. @returns false for any other message. */
  takes({ atMs, reading }: Arrival): boolean {
    // Replies keep the order of requests: the first of its kind, or the first ERR, is the probe's.
    if (!this.#out || (reading.name !== replyName && reading.name !== 'ERR')) return false;
    const roundTripMs = atMs - this.#out.sentAtMs;
    this.#out = undefined;
    const isUnderstood = reading.name === replyName && reading.statuses[0] === 'Ok';
    if (isUnderstood) this.#deps.tell(roundTripMs);
    else this.stop();
    return true;
  }

  /** Ends it; the figure is gone. */
  stop(): void {
    this.#stopTimer();
    this.#state = 'over';
    this.#deps.tell(undefined);
  }

  #wait(): void {
    this.#stopTimer = this.#deps.setTimer(() => {
      this.#probe();
      this.#wait();
    }, pauseMs);
  }

  #probe(): void {
    if (this.#out) {
      // No answer all this time: the figure of before says nothing about now.
      this.#deps.tell(undefined);
      return;
    }
    if (this.#deps.mayProbe()) this.#out = this.#deps.send(probeText);
  }
}
