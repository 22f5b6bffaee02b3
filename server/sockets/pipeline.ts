import type { WebSocket } from 'ws';
import { Held, type Eventually } from '../eventually.ts';
import { closeReasons } from './closeReasons.ts';
import { InFlight, type InFlightHost } from './inFlight.ts';
import type { Limits } from './limits.ts';
import type { Outlet } from './outlet.ts';
import type { SharedState } from './sharedState.ts';
import { sizeOf, WaitingRequests, type Message } from './waitingRequests.ts';
import { weightOf, type Weight } from './workTurn.ts';

/** The connection of a pipeline. */
export interface PipelineHost extends Pick<InFlightHost, 'takeHeld'> {
  readonly socket: Pick<WebSocket, 'pause' | 'resume'>;
  readonly outlet: Pick<Outlet, 'isHeldUp' | 'isShut' | 'send' | 'shut' | 'guard' | 'fail'>;
  readonly shared: SharedState;
  readonly limits: Pick<
    Limits,
    'maxWaiting' | 'maxWaitingBytes' | 'maxInFlight' | 'maxInFlightBytes'
  >;
  /**
   * Whether the requests before this one must be done first, and those after it wait for it.
   * Asked only when something is in flight.
   */
  isBarrier(message: Message): boolean;
  /** Bytes that have come and were not looked at, as the socket is paused. */
  unreadBytes(): number;
  /** Whether requests wait for another reason; who says so calls `resume` when it is over. */
  mustWait?(): boolean;
  /** Whether a long request is still being read, and those after it wait; who says so calls `resume` when it is over. */
  isReading?(): boolean;
  /** Carries out one request, now or later; null is silence. Must neither throw nor reject. */
  answer(message: Message): Eventually<string | null> | Held;
}

/** Bytes of a message that has come in part; fewer are not worth counting. */
const smallBytes = 64 * 1024;

/** More requests than that, or more bytes to read or to send, are much work: others have their turn before. */
const manyRequests = 16;
const manyBytes = 16 * 1024;

/** Header and mask of a ping or pong. */
const controlHeaderBytes = 6;

/**
 * The requests of one socket, from their arrival to their replies. They start in order, several at a
 * time, and replies leave in the order of the requests, whichever is done first. What is answered in
 * the same turn with nothing in flight is sent in the same turn.
 *
 * A request waits while there is no room, behind a barrier, in a turn of the event loop that is over, and while the peer does
 * not read: requests wait then, which are small and few, and not replies. From a number or a size on, no more is read.
 */
export class Pipeline {
  readonly #host: PipelineHost;
  /** Undefined: none waits. */
  #waiting: WaitingRequests | undefined;
  /** Undefined: none is. */
  #inFlight: InFlight | undefined;
  /** What waits is looked at again in the next turn of the event loop. */
  #isInNextTurn = false;
  /** Bytes read since the last whole message: a message whose end has not come yet. */
  #partBytes = 0;
  #hasTaken = false;
  /** A turn was over: what comes is read in another one. */
  #isReadLater = false;
  /** What was read and written in this round, and its number. */
  #roundBytes = 0;
  #round = 0;
  #isFinishing = false;
  #isClosed = false;

  constructor(host: PipelineHost) {
    this.#host = host;
    host.shared.turn.tellWhenOver(this);
  }

  /** Nothing is in flight and nothing waits to start, or would be started. */
  get isIdle(): boolean {
    if (this.#inFlight) return false;
    return !this.#waiting || this.#host.shared.isOver;
  }

  /** Requests that are being carried out, and that wait to be. */
  get counts(): { readonly inFlight: number; readonly waiting: number } {
    return { inFlight: this.#inFlight?.length ?? 0, waiting: this.#waiting?.length ?? 0 };
  }

  /** Takes a request that has come: starts it, or lets it wait. */
  take(message: Message): void {
    this.#hasTaken = true;
    const { socket, outlet, shared } = this.#host;
    // A peer that keeps sending must not keep the server from ending.
    if (shared.isOver) socket.pause();
    else if (outlet.isShut) return;
    else if (!this.#waiting && this.#mayStart(message)) this.#start(message);
    else this.#letWait(message);
  }

  #letWait(message: Message): void {
    const { socket, outlet, shared, limits } = this.#host;
    const waiting = (this.#waiting ??= new WaitingRequests());
    waiting.push(message);
    const isFull = waiting.length >= limits.maxWaiting || waiting.bytes >= limits.maxWaitingBytes;
    if (outlet.isHeldUp || isFull || shared.turn.isOver) socket.pause();
    this.#resumeNextTurn();
    this.#count();
  }

  /** Sends what is done and starts what waits, as far as possible, then reads on. */
  resume(): void {
    const { socket, outlet, shared } = this.#host;
    this.#isReadLater &&= shared.turn.isOver;
    this.#sendDone();
    this.#startWaiting();
    // Requests that came behind replies which nobody will read.
    const isHeldUp = outlet.isHeldUp || this.#host.mustWait?.() === true;
    if (outlet.isShut || (this.#isClosed && isHeldUp)) this.#waiting = undefined;
    this.#count();
    this.#resumeNextTurn();
    if (this.#mayRead) socket.resume();
  }

  /** The peer has taken all that waited for it: more of the same may be much work. */
  resumeInTurn(): void {
    const { turn } = this.#host.shared;
    if (this.#isInNextTurn) return;
    if (!turn.isOver && !turn.hasWaiting) return this.resume();
    this.#isInNextTurn = true;
    this.#waitForTurn(this.#weight);
  }

  get #mayRead(): boolean {
    const { outlet, shared } = this.#host;
    if (this.#waiting || this.#isReadLater) return false;
    // Of one that is being closed, the closing frame is still to come.
    return outlet.isShut || !(outlet.isHeldUp || shared.isOver);
  }

  #startWaiting(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    waiting.startWhile(
      (message) => !this.#host.outlet.isShut && this.#mayStart(message),
      (message) => this.#start(message),
    );
    if (waiting.length === 0) this.#waiting = undefined;
  }

  /** Bytes have come. To be called after the messages that they complete have been taken. */
  noteRead(bytes: number): void {
    const before = this.#partBytes;
    this.#partBytes = this.#hasTaken ? 0 : Math.max(before + bytes, 0);
    this.#hasTaken = false;
    this.#noteWork(bytes);
    if (Math.max(before, this.#partBytes) > smallBytes) this.#count();
    this.#host.shared.turn.spend(bytes);
  }

  #noteWork(bytes: number): void {
    const { round } = this.#host.shared.turn;
    if (round !== this.#round) this.#roundBytes = 0;
    this.#round = round;
    this.#roundBytes += bytes;
  }

  get #weight(): Weight {
    const isOfRound = this.#round === this.#host.shared.turn.round;
    return weightOf(isOfRound ? this.#roundBytes : 0);
  }

  /** What comes in the rest of this turn is not even looked at: parsing small frames is work as well. */
  onTurnOver(): void {
    this.#isReadLater = true;
    this.#host.socket.pause();
    this.#resumeNextTurn();
  }

  /** A ping or pong of so many bytes has come: it is no part of a message. */
  noteControl(bytes: number): void {
    this.#partBytes -= bytes + controlHeaderBytes;
  }

  /** The peer closes: what it has asked is started now, though the turn is over. It is not much. */
  finish(): void {
    this.#isFinishing = true;
    this.#sendDone();
    this.#startWaiting();
  }

  /** The socket is closed: nothing comes any more. */
  close(): void {
    this.#isClosed = true;
    this.#host.shared.turn.forget(this);
    this.#partBytes = 0;
    this.resume();
  }

  /** It keeps more bytes waiting than others, and all together too many. */
  cutOff(): void {
    this.#waiting = undefined;
    this.#host.outlet.shut(closeReasons.requestsOverTotal);
  }

  #mayStart(message: Message): boolean {
    const { outlet, shared } = this.#host;
    if (outlet.isHeldUp || this.#host.mustWait?.() === true) return false;
    if (shared.turn.isOver && !this.#isFinishing) return false;
    if (shared.isOver) return false;
    return !this.#inFlight || this.#mayJoin(this.#inFlight, message);
  }

  /** Whether a request may start beside those in flight. */
  #mayJoin({ length, bytes, hasBarrier }: InFlight, message: Message): boolean {
    const host = this.#host;
    const isFull = length >= host.limits.maxInFlight || bytes >= host.limits.maxInFlightBytes;
    if (hasBarrier || isFull || host.isReading?.() === true) return false;
    return !host.isBarrier(message);
  }

  #start(message: Message): void {
    const host = this.#host;
    const { outlet, shared } = host;
    const reply = host.answer(message);
    // To write a large reply is work as well.
    const replyBytes = typeof reply === 'string' || reply instanceof Held ? reply.length : 0;
    if (replyBytes > manyBytes) this.#noteWork(replyBytes);
    shared.turn.spend(sizeOf(message) + replyBytes);
    if (reply instanceof Promise || reply instanceof Held) {
      const isBarrier = !this.#inFlight && host.isBarrier(message);
      this.#inFlight ??= new InFlight(host, () => this.resume());
      this.#inFlight.begin(reply, { size: sizeOf(message), isBarrier });
      this.#count();
    } else if (this.#inFlight) {
      this.#inFlight.addDone(reply);
      this.#count();
    } else if (reply !== null) outlet.send(reply);
  }

  /** Sends the replies that come next, as far as this turn of the event loop lasts: many can be done at once. */
  #sendDone(): void {
    const inFlight = this.#inFlight;
    if (!inFlight) return;
    const { outlet, shared } = this.#host;
    inFlight.sendDone(
      () => this.#isFinishing || !shared.turn.isOver,
      (reply) => {
        if (reply !== null) outlet.send(reply);
        shared.turn.spend(reply?.length ?? 0);
      },
    );
    if (inFlight.length === 0) this.#inFlight = undefined;
  }

  /** Where it is this turn that is over. */
  #resumeNextTurn(): void {
    const hasWork = this.#inFlight?.isFirstDone || this.#waiting || this.#isReadLater;
    if (!this.#host.shared.turn.isOver || !hasWork || this.#isInNextTurn) return;
    this.#isInNextTurn = true;
    this.#waitForTurn(this.#weight);
  }

  /** How much there is to do is known when its turn comes, and then it may let others go first. */
  #waitForTurn(weight: Weight): void {
    const { outlet, shared } = this.#host;
    shared.turn.next(
      () =>
        outlet.guard(() => {
          const bytes = Math.max(this.#host.unreadBytes(), this.#inFlight?.nextLength ?? 0);
          const isMuch = this.#waiting && this.#waiting.length > manyRequests;
          if ((isMuch || bytes > manyBytes) && weight !== 'heavy')
            return this.#waitForTurn('heavy');
          this.#isInNextTurn = false;
          this.resume();
        }),
      weight,
    );
  }

  #count(): void {
    const partBytes = this.#partBytes > smallBytes ? this.#partBytes : 0;
    const bytes = (this.#waiting?.bytes ?? 0) + (this.#inFlight?.bytes ?? 0) + partBytes;
    this.#host.shared.requests.set(this, bytes);
  }
}
