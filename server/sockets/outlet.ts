import type { Socket } from 'node:net';
import { traceOf } from '../log.ts';
import type { ClosableSocket } from './closableSocket.ts';
import { closeReasons, type CloseReason } from './closeReasons.ts';
import { encodeFrames, encodePongs } from './encodeFrames.ts';
import { SendQueue, sliceBytes, writeAtOnce } from './sendQueue.ts';
import type { SharedState } from './sharedState.ts';

/** Texts are handed to the socket when so much has come together, without waiting for more. */
const maxBatchLength = 64 * 1024;

/** The connection of an outlet. */
export interface OutletHost {
  readonly socket: ClosableSocket;
  /** The connection underneath. */
  readonly tcp: Socket;
  /** Where the peer is, for the log. */
  readonly address: string | undefined;
  readonly shared: SharedState;
  /** Called when a held-up reader has taken everything. */
  onDrained(): void;
  /** Called when the closing frame comes next: the last moment for replies. */
  onLastReplies(): void;
}

/**
 * The sending half of a socket. Gathers the texts of a tick into one write, says when the peer
 * does not keep up ({@link isHeldUp}), and cuts it off when it has stopped reading.
 */
export class Outlet {
  readonly #host: OutletHost;
  /** What only a peer that does not keep up needs. */
  #queue: SendQueue | undefined;
  #batch: string[] | undefined;
  #batchLength = 0;
  #isGathering = false;
  /** It waits to write, with others. */
  #isReady = false;
  #isHeldUp = false;
  #isShut = false;
  #takenAtMs = 0;
  #stopStallTimer: (() => void) | undefined;
  #stopClosingTimer: (() => void) | undefined;
  /** What pings had with them that are to be answered; of a peer that does not read, only the last one (RFC 6455 §5.5.3). */
  #pings: string[] | undefined;

  constructor(host: OutletHost) {
    this.#host = host;
  }

  /** Whether more should wait until `onDrained`. */
  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  /** Bytes that the peer has not taken. */
  get queuedBytes(): number {
    return this.#queue?.waitingBytes ?? this.#host.tcp.writableLength;
  }

  /** Whether the closing handshake has started. */
  get isShut(): boolean {
    return this.#isShut;
  }

  /** What is sent from now on waits for {@link sendGathered}, which is to be called in the same turn. */
  gather(): void {
    this.#isGathering = true;
  }

  sendGathered(): void {
    this.#isGathering = false;
    if (!this.#batch || this.#isReady) return;
    this.#isReady = true;
    this.#host.shared.writes.add(this);
  }

  writeReady(): void {
    this.#isReady = false;
    try {
      this.#flush();
    } catch (error) {
      this.fail(error);
    }
  }

  send(text: string): void {
    if (this.#isShut) return;
    if (this.#batch) this.#batch.push(text);
    else {
      this.#batch = [text];
      if (!this.#isGathering && !this.#isReady) {
        queueMicrotask(() => this.guard(() => this.#flush()));
      }
    }
    this.#batchLength += text.length;
    if (this.#batchLength >= maxBatchLength) this.#flush();
  }

  /** Sends a frame that is ready, between two others. */
  sendControl(frame: Buffer): void {
    this.#write(frame);
  }

  /** Sends what is waiting, then closes; drops the connection when the peer does not answer. */
  shut(reason: CloseReason): void {
    if (this.#isShut) return;
    this.#isShut = true;
    const { socket, shared, address } = this.#host;
    shared.closeLog.note(reason, address);
    socket.close(reason.code, reason.text);
    socket.resume();
  }

  /** Does some of a connection's work: whatever is thrown in it ends that connection and nothing else. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** A bug: the connection ends, the process stays. */
  fail(error: unknown): void {
    this.#host.shared.log.error(`The work of a connection failed: ${traceOf(error)}`);
    this.#batch = undefined;
    this.#batchLength = 0;
    this.shut(closeReasons.fault);
  }

  answerPing(data: Buffer): void {
    // As text: a buffer for each would be memory outside of the heap, which is not collected in time.
    const ping = data.toString('latin1');
    if (this.#isHeldUp) {
      this.#pings = [ping];
      return;
    }
    // One write for all pings of a chunk: a write for each costs more than all else about it.
    if (!this.#pings) queueMicrotask(() => this.guard(() => this.#flushPongs()));
    (this.#pings ??= []).push(ping);
  }

  #flushPongs(): void {
    const pings = this.#pings;
    if (!pings || this.#isHeldUp) return;
    this.#pings = undefined;
    this.#write(encodePongs(pings));
  }

  #flush(): void {
    const batch = this.#batch;
    if (!batch) return;
    this.#batch = undefined;
    this.#batchLength = 0;
    this.#write(encodeFrames(batch));
  }

  #write(frames: Buffer): void {
    const { socket, tcp, shared } = this.#host;
    if (socket.readyState !== socket.OPEN) return;
    const mayBeTaken = !this.#queue && frames.length <= sliceBytes;
    if (mayBeTaken && writeAtOnce(tcp, frames)) return;
    const queue = (this.#queue ??= new SendQueue(tcp, shared.turn, this));
    if (mayBeTaken) queue.watch();
    else queue.push(frames);
    const { limits } = shared;
    const { waitingBytes } = queue;
    if (waitingBytes > limits.maxQueuedBytes) this.#cutOffFor(closeReasons.replyTooLarge);
    else if (waitingBytes > limits.highWaterBytes) this.#holdUp(waitingBytes);
  }

  #holdUp(waitingBytes: number): void {
    const { clock, limits, replies } = this.#host.shared;
    if (!this.#isHeldUp) {
      this.#isHeldUp = true;
      this.#takenAtMs = clock.nowMs();
      this.#watchForStall(limits.stallMs);
    }
    replies.set(this, waitingBytes);
  }

  #watchForStall(delayMs: number): void {
    const { clock, limits, turn } = this.#host.shared;
    this.#stopStallTimer = clock.setTimer(() => {
      const leftMs = this.#takenAtMs + limits.stallMs - clock.nowMs();
      if (leftMs > 0) this.#watchForStall(leftMs);
      // Many may have to be cut off at once.
      else turn.next(() => this.#cutOffStalled(), 'heavy');
    }, delayMs);
  }

  #cutOffStalled(): void {
    if (this.#isHeldUp) this.guard(() => this.#cutOffFor(closeReasons.notReading));
  }

  /** The system has taken some of what waited. */
  onTaken(): void {
    this.guard(() => this.#noteTaken());
  }

  #noteTaken(): void {
    if (!this.#isHeldUp || this.#isShut) return;
    const { clock, replies } = this.#host.shared;
    this.#takenAtMs = clock.nowMs();
    const { queuedBytes } = this;
    replies.set(this, queuedBytes);
    if (queuedBytes === 0) this.#release();
  }

  #release(): void {
    this.#isHeldUp = false;
    this.#stopStallTimer?.();
    this.#flushPongs();
    this.#host.onDrained();
  }

  /** Frames that have not started are dropped, so that the closing frame comes sooner. */
  #cutOffFor(reason: CloseReason): void {
    this.#queue?.dropUnsent();
    this.shut(reason);
  }

  /** Its peer keeps more bytes waiting than the others, and all together too many. */
  cutOff(): void {
    const { shared, socket } = this.#host;
    this.#queue?.dropUnsent();
    // The closing frame would come after what is left of a long one, which is just what is too much.
    if (this.queuedBytes <= shared.limits.highWaterBytes) {
      this.shut(closeReasons.repliesOverTotal);
    } else {
      this.#isShut = true;
      socket.drop(closeReasons.droppedForMemory);
    }
  }

  /** The library writes its closing frame next. */
  beginClosing(): void {
    const { socket, shared } = this.#host;
    if (socket.readyState !== socket.OPEN) return;
    this.guard(() => this.#host.onLastReplies());
    this.guard(() => this.#flush());
    this.#stopWaiting();
    this.#queue?.writeAll();
    this.#stopClosingTimer = shared.clock.setTimer(() => {
      socket.drop(closeReasons.closingUnanswered);
    }, shared.limits.closeGraceMs);
  }

  /** The socket is closed. */
  close(): void {
    this.#stopWaiting();
    this.#stopClosingTimer?.();
  }

  #stopWaiting(): void {
    this.#stopStallTimer?.();
    this.#host.shared.replies.set(this, 0);
  }

  /** Gives back what an idle connection does not need. */
  rest(): void {
    if (this.#queue?.waitingBytes === 0) this.#queue = undefined;
  }
}
