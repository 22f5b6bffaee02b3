import type { Handshake, HandshakeAnswer } from './connectionView.ts';
import type { Sending } from './pendingReplies.ts';
import { RoundTrip } from './roundTrip.ts';
import type {
  Arrival,
  CloseWish,
  OpenSocket,
  SocketAsk,
  SocketEvent,
  SocketPort,
} from './socketPort.ts';

interface LineDeps {
  readonly openSocket: OpenSocket;
  readonly origin?: string;
  readonly nowMs: () => number;
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
  readonly mayProbe: () => boolean;
  readonly onRoundTrip: (roundTripMs: number | undefined) => void;
  readonly onEvents: (events: readonly SocketEvent[]) => void;
}

/** One socket of a connection, from the asking to the close, with the times of what went out. */
export class Line {
  #handshake: Handshake;
  readonly #deps: LineDeps;
  readonly #roundTrip: RoundTrip;
  #port: SocketPort | undefined;
  /** Said to be sent, in order; the socket tells of each when it went out. */
  #unstamped: Sending[] = [];

  constructor(ask: SocketAsk, deps: LineDeps) {
    this.#handshake = { ...ask, origin: deps.origin, answer: undefined };
    this.#deps = deps;
    this.#roundTrip = new RoundTrip({
      setTimer: deps.setTimer,
      mayProbe: deps.mayProbe,
      send: (text) => this.#probe(text),
      tell: deps.onRoundTrip,
    });
  }

  get handshake(): Handshake {
    return this.#handshake;
  }

  /** Whether the server ever said yes. */
  get wasOpen(): boolean {
    return this.#handshake.answer !== undefined;
  }

  open(): void {
    this.#port = this.#deps.openSocket(this.#handshake, this.#deps.onEvents);
  }

  opened({ subprotocol, extensions, connectMs }: HandshakeAnswer): void {
    this.#handshake = {
      ...this.#handshake,
      answer: { subprotocol, extensions, connectMs },
    };
  }

  /** @param sending Gets the time at which the text really went out. */
  send(text: string, sending: Sending): void {
    this.#unstamped.push(sending);
    this.#port?.send(text);
  }

  close(how: CloseWish): void {
    this.ended();
    this.#port?.close(how);
  }

  /** The socket is gone, or let go. */
  ended(): void {
    this.#roundTrip.stop();
  }

  wentOut(atMs: number): void {
    const sending = this.#unstamped.shift();
    if (sending) sending.sentAtMs = atMs;
  }

  /** The server has answered, so it knows the protocol and can be asked for the round trip. */
  serverSpoke(): void {
    this.#roundTrip.serverSpoke();
  }

  /** Takes what is for nobody's eyes: the answer to a probe. */
  takes(arrival: Arrival): boolean {
    return this.#roundTrip.takes(arrival);
  }

  #probe(text: string): Sending {
    const sending = { sentAtMs: this.#deps.nowMs() };
    this.send(text, sending);
    return sending;
  }
}
