import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Eventually } from '../eventually.ts';
import type { ByteAccount } from './byteBudget.ts';
import { closeReasons } from './closeReasons.ts';
import type { Limits } from './limits.ts';
import type { Outlet } from './outlet.ts';
import type { SharedState } from './sharedState.ts';

export interface RequestQueueOptions<M> {
  readonly socket: WebSocket;
  /** The connection underneath. */
  readonly tcp: Socket;
  readonly shared: SharedState;
  readonly limits: Pick<Limits, 'maxFramesInFlight' | 'maxWaitingBytes'>;
  readonly outlet: Outlet;
  readonly sizeOf: (message: M) => number;
  /** Takes one request; a promise holds up the next one. Must neither throw nor reject. */
  readonly answer: (message: M) => Eventually<void>;
}

/** Bytes of a message that has come in part; fewer are not worth counting. */
const smallBytes = 64 * 1024;

/** Header and mask of a ping or pong. */
const controlHeaderBytes = 6;

/**
 * Hands on the requests of one socket one after the other, in the order of their arrival. A request
 * waits while the one before it holds it up, and while the peer does not read: it is requests
 * that wait then, which are small and few, and not replies. From a number or a size on,
 * the socket is read no further.
 */
export class RequestQueue<M> {
  readonly #options: RequestQueueOptions<M>;
  readonly #account: ByteAccount;
  #waiting: M[] = [];
  #waitingBytes = 0;
  /** Size of the request that is being answered. */
  #busyBytes = 0;
  #isBusy = false;
  /** The next turn of the event loop goes on with what waits. */
  #isInNextTurn = false;
  /** Bytes read since the last whole message: a message whose end has not come yet. */
  #partBytes = 0;
  #hasTaken = false;
  #isClosed = false;

  constructor(options: RequestQueueOptions<M>) {
    this.#options = options;
    const { socket, tcp, shared, outlet } = options;
    this.#account = shared.requests.open(() => {
      this.#dropWaiting();
      outlet.shut(closeReasons.requestsOverTotal);
    });
    // After the library's listener: the messages that a chunk completes have been taken.
    tcp.on('data', (chunk: Buffer) => this.#notePart(chunk.length));
    const noteControl = (data: Buffer) => {
      this.#partBytes -= data.length + controlHeaderBytes;
    };
    socket.on('ping', noteControl);
    socket.on('pong', noteControl);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#partBytes = 0;
      outlet.guard(() => this.goOn());
    });
  }

  get isIdle(): boolean {
    return !this.#isBusy && this.#waiting.length === 0;
  }

  /** Whether a request could be handed on. */
  get #isFree(): boolean {
    return !this.#isBusy && !this.#options.outlet.isHeldUp;
  }

  take(message: M): void {
    this.#hasTaken = true;
    const { socket, outlet, limits, shared, sizeOf } = this.#options;
    if (shared.isOver) {
      // Whoever goes on sending must not keep the server from ending.
      socket.pause();
      return;
    }
    if (outlet.isShut) return;
    if (this.isIdle && !outlet.isHeldUp && !shared.turn.isOver) {
      this.#answer(message);
      return;
    }
    this.#waiting.push(message);
    this.#waitingBytes += sizeOf(message);
    const isFull =
      this.#waiting.length >= limits.maxFramesInFlight ||
      this.#waitingBytes >= limits.maxWaitingBytes;
    if (outlet.isHeldUp || isFull || shared.turn.isOver) socket.pause();
    this.#goOnNextTurn();
    this.#count();
  }

  /** Works off what waits, as far as possible, then reads on. */
  goOn(): void {
    const { outlet, sizeOf, shared } = this.#options;
    const waiting = this.#waiting;
    let next = 0;
    for (const message of waiting) {
      if (outlet.isShut || shared.turn.isOver || !this.#isFree) break;
      this.#waitingBytes -= sizeOf(message);
      this.#answer(message);
      next += 1;
    }
    this.#waiting = waiting.slice(next);
    // Requests that came behind replies which nobody will read.
    if (outlet.isShut || (this.#isClosed && outlet.isHeldUp)) this.#dropWaiting();
    this.#count();
    this.#goOnNextTurn();
    if (this.isIdle && !outlet.isHeldUp) this.#readOn();
  }

  /** Where it is this turn that is over, and nothing else that will go on with what waits. */
  #goOnNextTurn(): void {
    const { outlet, shared } = this.#options;
    const hasWork = this.#isFree && this.#waiting.length > 0;
    if (!shared.turn.isOver || !hasWork || this.#isInNextTurn) return;
    this.#isInNextTurn = true;
    shared.turn.next(() =>
      outlet.guard(() => {
        this.#isInNextTurn = false;
        this.goOn();
      }),
    );
  }

  #readOn(): void {
    const { socket, shared } = this.#options;
    if (!shared.isOver) socket.resume();
  }

  #answer(message: M): void {
    const { outlet, answer, sizeOf, shared } = this.#options;
    const answered = answer(message);
    shared.turn.spend(sizeOf(message));
    if (!(answered instanceof Promise)) return;
    this.#isBusy = true;
    this.#busyBytes = sizeOf(message);
    this.#count();
    const finish = () =>
      outlet.guard(() => {
        this.#isBusy = false;
        this.#busyBytes = 0;
        this.goOn();
      });
    void answered.then(finish, (error: unknown) => outlet.fail(error));
  }

  #dropWaiting(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #notePart(bytes: number): void {
    const before = this.#partBytes;
    this.#partBytes = this.#hasTaken ? 0 : Math.max(before + bytes, 0);
    this.#hasTaken = false;
    if (Math.max(before, this.#partBytes) > smallBytes) this.#count();
  }

  #count(): void {
    const part = this.#partBytes > smallBytes ? this.#partBytes : 0;
    this.#account.set(this.#waitingBytes + this.#busyBytes + part);
  }
}
