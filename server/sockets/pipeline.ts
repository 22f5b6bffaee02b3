import type { WebSocket } from 'ws';
import { Held, type Eventually } from '../eventually.ts';
import type { ByteAccount } from './byteBudget.ts';
import { closeReasons } from './closeReasons.ts';
import { InFlight, type InFlightOptions } from './inFlight.ts';
import type { Limits } from './limits.ts';
import type { Outlet } from './outlet.ts';
import { lasting } from './sharedReads.ts';
import type { SharedState } from './sharedState.ts';
import { sizeOf, WaitingRequests, type Message } from './waitingRequests.ts';
import { RoundShare, type Weight } from './workTurn.ts';

export interface PipelineOptions extends Pick<InFlightOptions, 'takeHeld'> {
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
  readonly isBarrier: (message: Message) => boolean;
  /** Bytes that have come and were not looked at, as the socket is paused. */
  readonly unreadBytes: () => number;
  /** Whether requests wait for another reason; who says so calls `resume` when it is over. */
  readonly mustWait?: () => boolean;
  /** Whether a long request is still being read, and those after it wait; who says so calls `resume` when it is over. */
  readonly isReading?: () => boolean;
  /** Carries out one request, now or later; null is silence. Must neither throw nor reject. */
  readonly answer: (message: Message) => Eventually<string | null> | Held;
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
  readonly #options: PipelineOptions;
  readonly #account: ByteAccount;
  readonly #waiting = new WaitingRequests();
  readonly #inFlight: InFlight;
  /** What waits is looked at again in the next turn of the event loop. */
  #isInNextTurn = false;
  /** Bytes read since the last whole message: a message whose end has not come yet. */
  #partBytes = 0;
  #hasTaken = false;
  /** A turn was over: what comes is read in another one. */
  #isReadLater = false;
  readonly #share = new RoundShare();
  readonly #forgetTurn: () => void;
  #isFinishing = false;
  #isClosed = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#inFlight = new InFlight(options, () => this.resume());
    this.#account = options.shared.requests.open(() => {
      this.#waiting.drop();
      options.outlet.shut(closeReasons.requestsOverTotal);
    });
    this.#forgetTurn = options.shared.turn.whenOver(() => this.#readLater());
  }

  /** Nothing is in flight and nothing waits to start, or would be started. */
  get isIdle(): boolean {
    if (this.#inFlight.length > 0) return false;
    return this.#waiting.length === 0 || this.#options.shared.isOver;
  }

  /** Requests that are being carried out, and that wait to be. */
  get counts(): { readonly inFlight: number; readonly waiting: number } {
    return { inFlight: this.#inFlight.length, waiting: this.#waiting.length };
  }

  /** Takes a request that has come: starts it, or lets it wait. */
  take(message: Message): void {
    this.#hasTaken = true;
    const { socket, outlet, shared, limits } = this.#options;
    if (shared.isOver) {
      // A peer that keeps sending must not keep the server from ending.
      socket.pause();
      return;
    }
    if (outlet.isShut) return;
    if (this.#waiting.length === 0 && this.#mayStart(message)) {
      this.#start(message);
      return;
    }
    this.#waiting.push(message && lasting(message));
    const isFull =
      this.#waiting.length >= limits.maxWaiting || this.#waiting.bytes >= limits.maxWaitingBytes;
    if (outlet.isHeldUp || isFull || shared.turn.isOver) socket.pause();
    this.#resumeNextTurn();
    this.#count();
  }

  /** Sends what is done and starts what waits, as far as possible, then reads on. */
  resume(): void {
    const { socket, outlet, shared } = this.#options;
    this.#isReadLater &&= shared.turn.isOver;
    this.#sendDone();
    this.#startWaiting();
    // Requests that came behind replies which nobody will read.
    const isHeldUp = outlet.isHeldUp || this.#mustWait;
    if (outlet.isShut || (this.#isClosed && isHeldUp)) this.#waiting.drop();
    this.#count();
    this.#resumeNextTurn();
    if (this.#mayRead) socket.resume();
  }

  /** The peer has taken all that waited for it: more of the same may be much work. */
  resumeInTurn(): void {
    const { turn } = this.#options.shared;
    if (this.#isInNextTurn) return;
    if (!turn.isOver && !turn.hasWaiting) return this.resume();
    this.#isInNextTurn = true;
    this.#waitForTurn(this.#share.weightIn(turn));
  }

  get #mayRead(): boolean {
    const { outlet, shared } = this.#options;
    if (this.#waiting.length > 0 || this.#isReadLater) return false;
    // Of one that is being closed, the closing frame is still to come.
    return outlet.isShut || !(outlet.isHeldUp || shared.isOver);
  }

  #startWaiting(): void {
    this.#waiting.startWhile(
      (message) => !this.#options.outlet.isShut && this.#mayStart(message),
      (message) => this.#start(message),
    );
  }

  /** Bytes have come. To be called after the messages that they complete have been taken. */
  noteRead(bytes: number): void {
    const before = this.#partBytes;
    this.#partBytes = this.#hasTaken ? 0 : Math.max(before + bytes, 0);
    this.#hasTaken = false;
    this.#share.note(bytes, this.#options.shared.turn);
    if (Math.max(before, this.#partBytes) > smallBytes) this.#count();
    this.#options.shared.turn.spend(bytes);
  }

  /** What comes in the rest of this turn is not even looked at: parsing small frames is work as well. */
  #readLater(): void {
    this.#isReadLater = true;
    this.#options.socket.pause();
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
    this.#forgetTurn();
    this.#partBytes = 0;
    this.resume();
  }

  get #mustWait(): boolean {
    return this.#options.mustWait?.() === true;
  }

  #mayStart(message: Message): boolean {
    const { outlet, shared } = this.#options;
    if (outlet.isHeldUp || this.#mustWait) return false;
    if (shared.turn.isOver && !this.#isFinishing) return false;
    if (shared.isOver) return false;
    return this.#inFlight.length === 0 || this.#mayJoin(message);
  }

  /** Whether a request may start beside those in flight. */
  #mayJoin(message: Message): boolean {
    const { limits, isBarrier, isReading } = this.#options;
    const { length, bytes, hasBarrier } = this.#inFlight;
    const isFull = length >= limits.maxInFlight || bytes >= limits.maxInFlightBytes;
    return !hasBarrier && !isFull && isReading?.() !== true && !isBarrier(message);
  }

  #start(message: Message): void {
    const { answer, outlet, shared, isBarrier } = this.#options;
    const reply = answer(message);
    // To write a large reply is work as well.
    const replyBytes = typeof reply === 'string' || reply instanceof Held ? reply.length : 0;
    if (replyBytes > manyBytes) this.#share.note(replyBytes, shared.turn);
    shared.turn.spend(sizeOf(message) + replyBytes);
    const inFlight = this.#inFlight;
    if (reply instanceof Promise || reply instanceof Held) {
      const isAlone = inFlight.length === 0 && isBarrier(message);
      inFlight.begin(reply, { size: sizeOf(message), isBarrier: isAlone });
      this.#count();
    } else if (inFlight.length > 0) {
      inFlight.addDone(reply);
      this.#count();
    } else if (reply !== null) outlet.send(reply);
  }

  /** Sends the replies that come next, as far as this turn of the event loop lasts: many can be done at once. */
  #sendDone(): void {
    const { outlet, shared } = this.#options;
    this.#inFlight.sendDone(
      () => !shared.turn.isOver || this.#isFinishing,
      (reply) => {
        if (reply !== null) outlet.send(reply);
        shared.turn.spend(reply?.length ?? 0);
      },
    );
  }

  /** Where it is this turn that is over. */
  #resumeNextTurn(): void {
    const { shared } = this.#options;
    const hasWork = this.#inFlight.isFirstDone || this.#waiting.length > 0 || this.#isReadLater;
    if (!shared.turn.isOver || !hasWork || this.#isInNextTurn) return;
    this.#isInNextTurn = true;
    this.#waitForTurn(this.#share.weightIn(shared.turn));
  }

  /** How much there is to do is known when its turn comes, and then it may let others go first. */
  #waitForTurn(weight: Weight): void {
    const { outlet, shared, unreadBytes } = this.#options;
    shared.turn.next(
      () =>
        outlet.guard(() => {
          const bytes = Math.max(unreadBytes(), this.#inFlight.nextLength);
          const isMuch = this.#waiting.length > manyRequests || bytes > manyBytes;
          if (isMuch && weight !== 'heavy') return this.#waitForTurn('heavy');
          this.#isInNextTurn = false;
          this.resume();
        }),
      weight,
    );
  }

  #count(): void {
    const partBytes = this.#partBytes > smallBytes ? this.#partBytes : 0;
    this.#account.set(this.#waiting.bytes + this.#inFlight.bytes + partBytes);
  }
}
