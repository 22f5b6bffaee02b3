import type { SetTimer } from '../../../protocol/clock.ts';
import type { Handshake, HandshakeAnswer } from './connectionView.ts';
import { hostOf } from './address.ts';
import type { CloseFacts } from './connectionEvent.ts';
import type { Exchange } from './exchange.ts';
import { RoundTrip } from './roundTrip.ts';
import type {
  CloseRequest,
  OpenSocket,
  SocketAsk,
  SocketEvent,
  SocketPort,
} from '../socketPort.ts';

interface SocketSessionDeps {
  readonly openSocket: OpenSocket;
  readonly origin?: string;
  readonly attempt: number;
  readonly setTimer: SetTimer;
  readonly mayProbe: () => boolean;
  readonly onRoundTrip: (roundTripMs: number | undefined) => void;
  readonly onEvents: (events: readonly SocketEvent[]) => void;
}

/** One socket of a connection, from the asking to the close. */
export class SocketSession {
  readonly #ask: SocketAsk;
  readonly #deps: SocketSessionDeps;
  /** How many failed attempts came before it; 0 for one that a person asked for. */
  readonly attempt: number;
  /** Measures the round trip. */
  readonly roundTrip: RoundTrip;
  #handshake: Handshake;
  #port: SocketPort | undefined;

  constructor(ask: SocketAsk, deps: SocketSessionDeps) {
    this.#ask = ask;
    this.attempt = deps.attempt;
    this.#deps = deps;
    this.#handshake = { ...ask, origin: deps.origin, answer: undefined };
    this.roundTrip = new RoundTrip({
      setTimer: deps.setTimer,
      mayProbe: deps.mayProbe,
      probe: () => this.#port?.probe(),
      onMeasured: deps.onRoundTrip,
    });
  }

  get handshake(): Handshake {
    return this.#handshake;
  }

  open(): void {
    this.#port = this.#deps.openSocket(this.#ask, this.#deps.onEvents);
  }

  opened({ subprotocol, extensions, connectMs }: HandshakeAnswer): void {
    this.#handshake = { ...this.#handshake, answer: { subprotocol, extensions, connectMs } };
  }

  send({ id, message: { text, replyName, isQuiet } }: Exchange): void {
    this.#port?.send({ id, text, replyName, isQuiet });
  }

  /** The socket has ended. */
  closed({ code, reason }: CloseRequest): CloseFacts {
    this.roundTrip.stop();
    const { url, subprotocols, answer } = this.#handshake;
    return { code, reason, wasOpen: answer !== undefined, host: hostOf(url), subprotocols };
  }

  close(how: CloseRequest): void {
    this.roundTrip.stop();
    this.#port?.close(how);
  }
}
