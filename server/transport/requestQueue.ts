import type { WebSocket } from 'ws';
import type { Eventually } from '../eventually.ts';
import type { Outlet } from './outlet.ts';

export interface RequestQueueOptions<M> {
  readonly socket: WebSocket;
  readonly outlet: Outlet;
  /** Requests that may wait; from then on the socket is read no further. */
  readonly maxWaiting: number;
  /** Takes one request; a promise holds up the next one. Must neither throw nor reject. */
  readonly answer: (message: M) => Eventually<void>;
}

/**
 * Hands on the requests of one socket one after the other, in the order of their arrival. A request
 * waits while the one before it holds it up, and while the peer does not read: it is requests
 * that wait then, which are small and few, and not replies.
 */
export class RequestQueue<M> {
  readonly #options: RequestQueueOptions<M>;
  #waiting: M[] = [];
  #isBusy = false;

  constructor(options: RequestQueueOptions<M>) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return !this.#isBusy && this.#waiting.length === 0;
  }

  take(message: M): void {
    const { socket, outlet, maxWaiting } = this.#options;
    if (outlet.isShut) return;
    if (this.isIdle && !outlet.isHeldUp) {
      this.#answer(message);
      return;
    }
    this.#waiting.push(message);
    if (outlet.isHeldUp || this.#waiting.length >= maxWaiting) socket.pause();
  }

  /** Works off what waits, as far as possible, then reads on. */
  goOn(): void {
    const { socket, outlet } = this.#options;
    const waiting = this.#waiting;
    let next = 0;
    for (const message of waiting) {
      if (this.#isBusy || outlet.isHeldUp || outlet.isShut) break;
      this.#answer(message);
      next += 1;
    }
    this.#waiting = outlet.isShut ? [] : waiting.slice(next);
    if (this.isIdle && !outlet.isHeldUp) socket.resume();
  }

  #answer(message: M): void {
    const answered = this.#options.answer(message);
    if (!(answered instanceof Promise)) return;
    this.#isBusy = true;
    void answered.then(() => {
      this.#isBusy = false;
      this.goOn();
    });
  }
}
