import { revokedReason } from '../../protocol/inspection/access.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { Log } from '../log.ts';

/** Why the server ends a connection. */
export interface CloseReason {
  /** Close code of WebSocket; 1006, which is never sent: the connection is dropped without a closing frame. */
  readonly code: number;
  /** Stands in the log and, except where the library closes, in the closing frame. */
  readonly text: string;
  readonly level: keyof Log;
}

/** All of them: a test compares this list with docs/operations.md. */
export const closeReasons = {
  shutDown: { code: 1001, text: 'The server is shutting down', level: 'debug' },
  notAFrame: { code: 1002, text: 'Not a frame of the WebSocket protocol', level: 'warn' },
  silentPeer: { code: 1006, text: 'No sign of life', level: 'warn' },
  closingUnanswered: { code: 1006, text: 'The closing handshake is not finished', level: 'info' },
  droppedForMemory: {
    code: 1006,
    text: 'A long reply is not being read, and memory is short',
    level: 'warn',
  },
  notUtf8: { code: 1007, text: 'Text that is not UTF-8', level: 'warn' },
  notInspection: { code: 1008, text: 'Not a request of the inspection contract', level: 'warn' },
  cut: { code: 1008, text: 'Closed by an operator', level: 'info' },
  revoked: { code: 1008, text: revokedReason, level: 'info' },
  tooManyFragments: { code: 1008, text: 'A message of too many fragments', level: 'warn' },
  tooLarge: { code: 1009, text: 'A message larger than the limit', level: 'warn' },
  fault: { code: 1011, text: 'Something went wrong in the server', level: 'error' },
  notReading: { code: 1013, text: 'The replies are not being read', level: 'warn' },
  replyTooLarge: { code: 1013, text: 'Too much is waiting to be read', level: 'warn' },
  repliesOverTotal: {
    code: 1013,
    text: 'Too many replies are waiting for slow readers',
    level: 'warn',
  },
  requestsOverTotal: {
    code: 1013,
    text: 'Too many requests are waiting for their turn',
    level: 'warn',
  },
  madeRoom: { code: 1013, text: 'Nothing was ever asked, and others need the room', level: 'warn' },
} as const satisfies Record<string, CloseReason>;

/** What the WebSocket library found wrong, by the code of its error. It closes the connection itself. */
export function reasonOfFault(error: Error): CloseReason | undefined {
  const code = 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'WS_ERR_INVALID_UTF8':
      return closeReasons.notUtf8;
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return closeReasons.tooManyFragments;
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return closeReasons.tooLarge;
    default:
      // Errors of the system (the peer has gone) are no doing of ours.
      return code.startsWith('WS_ERR_') ? closeReasons.notAFrame : undefined;
  }
}

/** Lines of one reason within {@link windowMs}; the others are only counted. */
const maxLines = 20;
const windowMs = 10_000;

/** Logs each connection that the server ends, so that a thousand at once are no thousand lines. */
export class CloseLog {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #onCut: (reason: CloseReason) => void;
  readonly #counts = new Map<CloseReason, number>();
  #isQuiet = false;

  constructor(parts: {
    readonly log: Log;
    readonly clock: Clock;
    readonly onCut: (reason: CloseReason) => void;
  }) {
    this.#log = parts.log;
    this.#clock = parts.clock;
    this.#onCut = parts.onCut;
  }

  /** @param address Where the peer is. */
  note(reason: CloseReason, address: string | undefined): void {
    this.#onCut(reason);
    const count = this.#counts.get(reason) ?? 0;
    this.#counts.set(reason, count + 1);
    if (count === 0) this.#clock.setTimer(() => this.#sumUp(reason), windowMs);
    if (count >= maxLines) return;
    const { code, text } = reason;
    this.#log[this.#levelOf(reason)](
      `A connection is cut off: ${text} (${code}, ${address ?? 'gone'})`,
    );
  }

  #sumUp(reason: CloseReason): void {
    const more = (this.#counts.get(reason) ?? 0) - maxLines;
    this.#counts.delete(reason);
    if (more > 0)
      this.#log[this.#levelOf(reason)](`… and ${more} more: ${reason.text} (${reason.code})`);
  }

  #levelOf({ level }: CloseReason): CloseReason['level'] {
    return this.#isQuiet ? 'debug' : level;
  }

  /** The server stops, so connections end: log them at level debug. */
  lowerLevel(): void {
    this.#isQuiet = true;
  }
}
