import type { Clock } from '../clock.ts';
import { binaryRefusal, failureReply, isBarrier, type Dispatch } from '../commands/dispatch.ts';
import type { Eventually } from '../eventually.ts';
import { traceOf, type Log } from '../log.ts';
import type { CloseReason } from './closeReasons.ts';
import type { Connection } from './connections.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Limits } from './limits.ts';
import { bufferOf } from './bufferOf.ts';
import { Outlet } from './outlet.ts';
import { Pipeline } from './pipeline.ts';
import { RequestQueue } from './requestQueue.ts';
import type { Accepted } from './upgrades.ts';

export interface DataConnectionOptions extends Accepted {
  readonly dispatch: Dispatch;
  /** Its number, counted from 1: who caused a change. */
  readonly connection: number;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
}

/** A message: its text as it came, or null when it is binary. What waits costs no memory of the JavaScript heap so. */
type Message = Buffer | null;

/** One client of the data socket. */
export class DataConnection implements Connection {
  readonly #options: DataConnectionOptions;
  readonly #outlet: Outlet;
  readonly #requests: RequestQueue<Message>;
  readonly #pipeline: Pipeline<Message>;
  readonly #heartbeat: Heartbeat;
  #hasHeard = false;

  constructor(options: DataConnectionOptions) {
    this.#options = options;
    const { socket, limits } = options;
    this.#heartbeat = new Heartbeat(socket, limits);
    this.#outlet = new Outlet({ ...options, onDrained: () => this.#requests.goOn() });
    this.#pipeline = new Pipeline<Message>({
      maxInFlight: limits.maxInFlight,
      maxInFlightBytes: limits.maxInFlightBytes,
      sizeOf: (message) => message?.length ?? 0,
      isBarrier: (message) => message !== null && isBarrier(message.toString()),
      answer: (message) => this.#answer(message),
      send: (reply) => this.#outlet.send(reply),
    });
    this.#requests = new RequestQueue<Message>({
      ...options,
      outlet: this.#outlet,
      sizeOf: (message) => message?.length ?? 0,
      answer: (message) => this.#pipeline.run(message),
    });
    socket.on('message', (data, isBinary) =>
      this.#outlet.guard(() => {
        this.#hear();
        this.#requests.take(isBinary ? null : bufferOf(data));
      }),
    );
    socket.on('ping', () => {
      this.#hear();
      if (this.#outlet.isHeldUp) socket.pause();
    });
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  takeHeard(): boolean {
    const hasHeard = this.#hasHeard || !this.#requests.isIdle || !this.#pipeline.isIdle;
    this.#hasHeard = false;
    return hasHeard;
  }

  shut(reason: CloseReason): void {
    this.#outlet.shut(reason);
  }

  terminate(): void {
    this.#options.socket.terminate();
  }

  #hear(): void {
    this.#heartbeat.hear();
    this.#hasHeard = true;
  }

  /** Never throws and never rejects. */
  #answer(message: Message): Eventually<string | null> {
    if (message === null) return binaryRefusal;
    const text = message.toString();
    try {
      const { dispatch, connection } = this.#options;
      const reply = dispatch(text, connection);
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((error: unknown) => this.#failure(error, text));
    } catch (error) {
      return this.#failure(error, text);
    }
  }

  /** A bug: status 1000 for the one who asked; socket and process stay (style 10). */
  #failure(error: unknown, message: string): string {
    this.#options.log.error(`A command failed: ${traceOf(error)}`);
    return failureReply(message);
  }
}
