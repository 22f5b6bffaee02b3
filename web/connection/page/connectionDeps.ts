import type { SetTimer } from '../../../protocol/clock.ts';
import type { OpenSocket } from '../socketPort.ts';

/** The outside world of a connection. */
export interface ConnectionDeps {
  readonly openSocket: OpenSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
  /** Origin of the page, as the browser sends it to servers. */
  readonly origin?: string;
  /** A page that nobody sees does not measure the round trip. */
  readonly isHidden?: () => boolean;
  /** Whether a person has to confirm dangerous messages to the server of this address. */
  readonly isProduction?: (url: string) => boolean;
}
