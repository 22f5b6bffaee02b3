import type { ClosableSocket } from './closableSocket.ts';
import { closeReasons } from './closeReasons.ts';

/** Whether the peer of one socket still lives, told from what it sends. */
export class Heartbeat {
  readonly #socket: ClosableSocket;
  readonly #maxSilentBeats: number;
  #silentBeats = 0;

  constructor(socket: ClosableSocket, { maxSilentBeats }: { readonly maxSilentBeats: number }) {
    this.#socket = socket;
    this.#maxSilentBeats = maxSilentBeats;
    socket.on('pong', () => this.hear());
  }

  /** Notes a sign of life. */
  hear(): void {
    this.#silentBeats = 0;
  }

  /** Called at every beat: pings an idle peer, drops a dead one. */
  beat(): void {
    // A socket that is not read cannot be heard; the outlet's stall timer watches it.
    if (this.#socket.isPaused) return;
    this.#silentBeats += 1;
    if (this.#silentBeats > this.#maxSilentBeats) this.#socket.drop(closeReasons.silentPeer);
    else if (this.#silentBeats > 1) this.#socket.ping();
  }
}
