import type { SetTimer } from '../../../protocol/clock.ts';
import type { Handshake, HandshakeAnswer } from './connectionView.ts';
import type { Outgoing } from './unsentMessage.ts';
import { RoundTrip } from './roundTrip.ts';
import type { CloseWish, OpenSocket, SocketAsk, SocketEvent, SocketPort } from '../socketPort.ts';

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
  /** How many attempts came before it, in vain; 0 for one that a person asked for. */
  readonly attempt: number;
  /** Measures the round trip. */
  readonly roundTrip: RoundTrip;
  #handshake: Handshake;
  #port: SocketPort | undefined;
  /** Handed to the socket, which has not told yet that they went out. */
  #leaving: Outgoing[] = [];

  constructor(ask: SocketAsk, deps: SocketSessionDeps) {
    this.#ask = ask;
    this.attempt = deps.attempt;
    this.#deps = deps;
    this.#handshake = { ...ask, origin: deps.origin, answer: undefined };
    this.roundTrip = new RoundTrip({
      setTimer: deps.setTimer,
      mayProbe: () => this.#leaving.length === 0 && deps.mayProbe(),
      probe: () => this.#port?.probe(),
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
    this.#port = this.#deps.openSocket(this.#ask, this.#deps.onEvents);
  }

  opened({ subprotocol, extensions, connectMs }: HandshakeAnswer): void {
    this.#handshake = { ...this.#handshake, answer: { subprotocol, extensions, connectMs } };
  }

  send(outgoing: Outgoing): void {
    this.#leaving.push(outgoing);
    this.#port?.send(outgoing.text);
  }

  /** The oldest text that was on its way has gone out. @returns That text. */
  wentOut(): Outgoing {
    return this.#leaving.shift() ?? { text: '', written: undefined };
  }

  /**
   * The socket is gone, or is let go.
   * @returns The texts that were on their way to it.
   */
  ended(): readonly Outgoing[] {
    this.roundTrip.stop();
    const leaving = this.#leaving;
    this.#leaving = [];
    return leaving;
  }

  close(how: CloseWish): void {
    this.#port?.close(how);
  }
}
