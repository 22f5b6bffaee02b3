import type { Steps } from '../../protocol/steps.ts';
import { isBarrier } from '../commands/barrier.ts';
import {
  failureReply,
  type Dispatch,
  type DoLong,
  type HoldingDispatch,
} from '../commands/dispatch.ts';
import type { Held, Eventually } from '../eventually.ts';
import { traceOf } from '../log.ts';
import type { MissBudget, MissBudgets } from './missBudget.ts';
import { SocketConnection, type Accepted } from './socketConnection.ts';
import type { Message } from './waitingRequests.ts';

/** What all clients of a server share. */
export interface ClientDoor {
  readonly dispatch: Dispatch;
  readonly misses: MissBudgets;
  /** Counts from 1, over all sockets: who caused a change. */
  readonly nextConnection: () => number;
}

/** One client of the data socket. */
export class DataConnection extends SocketConnection {
  readonly #door: ClientDoor;
  readonly #number: number;
  readonly #misses: MissBudget;
  #isReading = false;
  /** Made with the first message. */
  #doLong: DoLong | undefined;

  constructor(accepted: Accepted, door: ClientDoor) {
    super(accepted);
    this.#door = door;
    this.#number = door.nextConnection();
    this.#misses = door.misses.open(this.#number, this.address);
  }

  get kind(): 'data' {
    return 'data';
  }

  get load() {
    return {
      connection: this.#number,
      queuedBytes: this.outlet.queuedBytes,
      ...this.pipeline.counts,
    };
  }

  isBarrier(message: Message): boolean {
    return message !== null && isBarrier(message);
  }

  mustWait(): boolean {
    return this.#misses.mustWait(this);
  }

  isReading(): boolean {
    return this.#isReading;
  }

  override onClosed(): void {
    super.onClosed();
    this.#door.misses.close(this.#number, this);
  }

  /** Never throws and never rejects. */
  answer(message: Message): ReturnType<HoldingDispatch> {
    const text = message === null ? null : message.toString();
    try {
      this.#doLong ??= (steps) => this.shared.longMessages.run(this.#reading(steps));
      const { dispatch } = this.#door;
      const reply = (dispatch.holding ?? dispatch)(text, this.#number, this.#doLong);
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((error: unknown) => this.#failure(error, text));
    } catch (error) {
      return this.#failure(error, text);
    }
  }

  /** Never throws and never rejects. */
  takeHeld(held: Held): Eventually<string | null> {
    try {
      const reply = held.take();
      if (!(reply instanceof Promise)) return reply;
      return reply.catch((error: unknown) => this.#failure(error, null));
    } catch (error) {
      return this.#failure(error, null);
    }
  }

  /** What comes after a long message waits until its command has begun. */
  *#reading<T>(steps: Steps<T>): Steps<T> {
    this.#isReading = true;
    try {
      return yield* steps;
    } finally {
      this.#isReading = false;
      queueMicrotask(() => this.resume());
    }
  }

  /** A bug: the request gets status 1000; socket and process stay. */
  #failure(error: unknown, message: string | null): string {
    this.shared.log.error(`A command failed: ${traceOf(error)}`);
    return failureReply(message ?? '');
  }
}
