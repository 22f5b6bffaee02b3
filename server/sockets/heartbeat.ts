import type { ClosableSocket } from './closableSocket.ts';
import { closeReasons } from './closeReasons.ts';

/** Finds out whether the peer of a socket is still there, from what it sends. */
export class Heartbeat {
  readonly #socket: ClosableSocket;
  readonly #maxSilentBeats: number;
  #silentBeats = 0;

  constructor(socket: ClosableSocket, { maxSilentBeats }: { readonly maxSilentBeats: number }) {
    this.#socket = socket;
    this.#maxSilentBeats = maxSilentBeats;
    socket.on('pong', () => this.noteActivity());
  }

  /** Something has come from the peer. */
  noteActivity(): void {
    this.#silentBeats = 0;
  }

  /** Called at every beat: pings an idle peer, drops a dead one. */
  beat(): void {
    // Nothing arrives from a socket that is not read; the outlet's stall timer watches it.
    if (this.#socket.isPaused) return;
    this.#silentBeats += 1;
    if (this.#silentBeats > this.#maxSilentBeats) this.#socket.drop(closeReasons.silentPeer);
    else if (this.#silentBeats > 1) this.#socket.ping();
  }
}
