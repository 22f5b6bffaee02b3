import type { Clock } from '../../protocol/clock.ts';
import type { Steps } from '../../protocol/steps.ts';
import { isBarrier } from '../commands/barrier.ts';
import {
  failureReply,
  type Dispatch,
  type DoLong,
  type HoldingDispatch,
} from '../commands/dispatch.ts';
import type { Held, Eventually } from '../eventually.ts';
import { traceOf, type Log } from '../log.ts';
import type { CloseReason } from './closeReasons.ts';
import type { Connection } from './connections.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Limits } from './limits.ts';
import type { MissBudgets } from './missBudget.ts';
import { Outlet } from './outlet.ts';
import { Pipeline } from './pipeline.ts';
import { readMessages } from './readMessages.ts';
import type { Accepted } from './upgrades.ts';
import type { Message } from './waitingRequests.ts';

export interface DataConnectionOptions {
  readonly accepted: Accepted;
  readonly dispatch: Dispatch;
  /** Its number, counted from 1: who caused a change. */
  readonly connection: number;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly misses: MissBudgets;
}

/** One client of the data socket. */
export class DataConnection implements Connection {
  readonly #options: DataConnectionOptions;
  readonly #outlet: Outlet;
  readonly #pipeline: Pipeline;
  readonly #heartbeat: Heartbeat;
  #isUnused = true;
  #wasActive = false;
  #isReading = false;

  constructor(options: DataConnectionOptions) {
    this.#options = options;
    const { accepted, connection, clock, limits, log, misses } = options;
    const { socket, tcp, address, shared } = accepted;
    this.#heartbeat = new Heartbeat(socket, limits);
    // Spreading would give the options of each connection a shape of their own.
    const outlet = new Outlet({
      socket,
      tcp,
      address,
      shared,
      clock,
      limits,
      log,
      onDrained: () => this.#pipeline.resumeInTurn(),
      onClosing: () => this.#pipeline.finish(),
    });
    this.#outlet = outlet;
    this.#pipeline = new Pipeline({
      socket,
      outlet,
      shared,
      limits,
      unreadBytes: () => tcp.readableLength,
      isBarrier: (message) => message !== null && isBarrier(message),
      mustWait: () => misses.isSpent(connection),
      isReading: () => this.#isReading,
      answer: (message) => this.#answer(message),
      takeHeld: (held) => this.#takeHeld(held),
    });
    misses.open(connection, address, () => outlet.guard(() => this.#pipeline.resume()));
    const onMessage = () => {
      this.#isUnused = false;
      this.#noteActivity();
    };
    readMessages({ socket, tcp, outlet, pipeline: this.#pipeline, onMessage });
    socket.on('close', () => misses.close(connection));
    socket.on('ping', () => {
      this.#noteActivity();
      if (outlet.isHeldUp) socket.pause();
    });
  }

  get isUnused(): boolean {
    return this.#isUnused;
  }

  get load() {
    const { connection } = this.#options;
    const { queuedBytes } = this.#outlet;
    return { connection, queuedBytes, ...this.#pipeline.counts };
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  consumeActivity(): boolean {
    const wasActive = this.#wasActive || !this.#pipeline.isIdle;
    this.#wasActive = false;
    return wasActive;
  }

  shut(reason: CloseReason): void {
    this.#outlet.shut(reason);
  }

  terminate(): void {
    this.#options.accepted.socket.terminate();
  }

  #noteActivity(): void {
    this.#heartbeat.noteActivity();
    this.#wasActive = true;
  }

  /** Never throws and never rejects. */
  #answer(message: Message): ReturnType<HoldingDispatch> {
    const text = message === null ? null : message.toString();
    try {
      const { dispatch, connection } = this.#options;
      const reply = (dispatch.holding ?? dispatch)(text, connection, this.#doLong);
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((error: unknown) => this.#failure(error, text));
    } catch (error) {
      return this.#failure(error, text);
    }
  }

  /** Never throws and never rejects. */
  #takeHeld(held: Held): Eventually<string | null> {
    try {
      const reply = held.take();
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((error: unknown) => this.#failure(error, null));
    } catch (error) {
      return this.#failure(error, null);
    }
  }

  readonly #doLong: DoLong = (steps) =>
    this.#options.accepted.shared.longMessages.run(this.#reading(steps));

  /** What comes after a long message waits until its command has begun. */
  *#reading<T>(steps: Steps<T>): Steps<T> {
    this.#isReading = true;
    try {
      return yield* steps;
    } finally {
      this.#isReading = false;
      queueMicrotask(() => this.#outlet.guard(() => this.#pipeline.resume()));
    }
  }

  /** A bug: the request gets status 1000; socket and process stay. */
  #failure(error: unknown, message: string | null): string {
    this.#options.log.error(`A command failed: ${traceOf(error)}`);
    return failureReply(message ?? '');
  }
}
