import type { Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import { binaryRefusal, failureReply, type Dispatch } from '../commands/dispatch.ts';
import type { Eventually } from '../eventually.ts';
import { traceOf, type Log } from '../log.ts';
import { mapEventually } from '../eventually.ts';
import type { ClosableSocket } from './closableSocket.ts';
import type { Connection } from './connections.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Limits } from './limits.ts';
import { textOf } from './textOf.ts';
import { Outlet } from './outlet.ts';
import { RequestQueue } from './requestQueue.ts';

export interface DataConnectionOptions {
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
  readonly dispatch: Dispatch;
  /** Its number, counted from 1: who caused a change. */
  readonly connection: number;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** A message: its text, or null when it is binary. */
type Message = string | null;

/** One client of the data socket. */
export class DataConnection implements Connection {
  readonly #options: DataConnectionOptions;
  readonly #outlet: Outlet;
  readonly #requests: RequestQueue<Message>;
  readonly #heartbeat: Heartbeat;
  #hasHeard = false;

  constructor(options: DataConnectionOptions) {
    this.#options = options;
    const { socket, limits } = options;
    this.#heartbeat = new Heartbeat(socket, limits);
    this.#outlet = new Outlet({ ...options, onDrained: () => this.#requests.goOn() });
    this.#requests = new RequestQueue<Message>({
      socket,
      outlet: this.#outlet,
      maxWaiting: limits.maxFramesInFlight,
      answer: (message) => this.#answer(message),
    });
    socket.on('message', (data, isBinary) => {
      this.#hear();
      this.#requests.take(isBinary ? null : textOf(data));
    });
    socket.on('ping', () => {
      this.#hear();
      this.#outlet.checkQueue();
      if (this.#outlet.isHeldUp) socket.pause();
    });
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  takeHeard(): boolean {
    const hasHeard = this.#hasHeard || !this.#requests.isIdle;
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
    this.#heartbeat.hear();
    this.#hasHeard = true;
  }

  #answer(message: Message): Eventually<void> {
    if (message === null) {
      this.#outlet.send(binaryRefusal);
      return undefined;
    }
    try {
      const { dispatch, connection } = this.#options;
      const sent = mapEventually(dispatch(message, connection), (reply) => {
        if (reply !== null) this.#outlet.send(reply);
      });
      return sent instanceof Promise ? sent.catch((error) => this.#fail(error, message)) : sent;
    } catch (error) {
      return this.#fail(error, message);
    }
  }

  /** A bug: status 1000 for the one who asked; socket and process stay (style 10). */
  #fail(error: unknown, message: string): void {
    this.#options.log.error(`A command failed: ${traceOf(error)}`);
    this.#outlet.send(failureReply(message));
  }
}
