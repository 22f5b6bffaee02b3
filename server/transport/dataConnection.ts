import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import { binaryRefusal, failureReply, type Dispatch } from '../dispatch.ts';
import { traceOf, type Log } from '../log.ts';
import type { Connection } from './connections.ts';
import type { Limits } from './limits.ts';
import { Outlet } from './outlet.ts';
import { textOf } from './textOf.ts';

export interface DataConnectionOptions {
  readonly socket: WebSocket;
  readonly tcp: Socket;
  readonly dispatch: Dispatch;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** A message: its text, or null when it is binary. */
type Message = string | null;

/**
 * One client of the data socket. Requests are answered one after the other in the order of their
 * arrival; a request waits while the engine owes an answer or the peer does not read.
 */
export class DataConnection implements Connection {
  readonly #options: DataConnectionOptions;
  readonly #outlet: Outlet;
  #waiting: Message[] = [];
  #isBusy = false;
  #silentBeats = 0;
  #hasHeard = false;

  constructor(options: DataConnectionOptions) {
    this.#options = options;
    const { socket } = options;
    this.#outlet = new Outlet({ ...options, onDrained: () => this.#goOn() });
    socket.on('message', (data, isBinary) => this.#take(isBinary ? null : textOf(data)));
    socket.on('ping', () => {
      this.#hear();
      this.#outlet.checkQueue();
      if (this.#outlet.isHeldUp) socket.pause();
    });
    socket.on('pong', () => this.#hear());
  }

  beat(): void {
    const { socket, limits } = this.#options;
    // A socket that is not read cannot be heard; the outlet's stall timer watches it.
    if (socket.isPaused) return;
    this.#silentBeats += 1;
    if (this.#silentBeats > limits.maxSilentBeats) socket.terminate();
    else if (this.#silentBeats > 1) socket.ping();
  }

  takeHeard(): boolean {
    const hasHeard = this.#hasHeard || this.#isBusy || this.#waiting.length > 0;
    this.#hasHeard = false;
    return hasHeard;
  }

  shut(code: number, reason: string): void {
    this.#outlet.shut(code, reason);
  }

  terminate(): void {
    this.#options.socket.terminate();
  }

  #hear(): void {
    this.#silentBeats = 0;
    this.#hasHeard = true;
  }

  #take(message: Message): void {
    this.#hear();
    if (this.#outlet.isShut) return;
    if (!this.#mustWait()) {
      this.#answer(message);
      return;
    }
    this.#waiting.push(message);
    const { socket, limits } = this.#options;
    if (this.#outlet.isHeldUp || this.#waiting.length >= limits.maxFramesInFlight) socket.pause();
  }

  #mustWait(): boolean {
    return this.#isBusy || this.#outlet.isHeldUp || this.#waiting.length > 0;
  }

  #answer(message: Message): void {
    if (message === null) {
      this.#outlet.send(binaryRefusal);
      return;
    }
    try {
      const reply = this.#options.dispatch(message);
      if (reply instanceof Promise) this.#await(reply, message);
      else if (reply !== null) this.#outlet.send(reply);
    } catch (error) {
      this.#fail(error, message);
    }
  }

  #await(reply: Promise<string | null>, message: string): void {
    this.#isBusy = true;
    void reply
      .then(
        (text) => text !== null && this.#outlet.send(text),
        (error: unknown) => this.#fail(error, message),
      )
      .then(() => {
        this.#isBusy = false;
        this.#goOn();
      });
  }

  /** Works off what waits, as far as possible, then reads on. */
  #goOn(): void {
    const waiting = this.#waiting;
    let next = 0;
    while (next < waiting.length && !this.#isBusy && !this.#outlet.isHeldUp) {
      this.#answer(waiting[next] ?? null);
      next += 1;
    }
    this.#waiting = waiting.slice(next);
    if (!this.#mustWait()) this.#options.socket.resume();
  }

  #fail(error: unknown, message: string): void {
    this.#options.log.error(`A command failed: ${traceOf(error)}`);
    this.#outlet.send(failureReply(message));
  }
}
