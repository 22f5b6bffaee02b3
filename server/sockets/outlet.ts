import type { Socket } from 'node:net';
import type { Clock } from '../../protocol/clock.ts';
import { traceOf, type Log } from '../log.ts';
import type { ByteAccount } from './byteBudget.ts';
import type { ClosableSocket } from './closableSocket.ts';
import { closeReasons, type CloseReason } from './closeReasons.ts';
import { encodeFrames, encodePongs } from './encodeFrames.ts';
import type { Limits } from './limits.ts';
import { SendQueue } from './sendQueue.ts';
import type { SharedState } from './sharedState.ts';

/** Texts are handed to the socket when so much has come together, without waiting for more. */
const maxBatchLength = 64 * 1024;

export interface OutletOptions {
  readonly socket: ClosableSocket;
  /** The connection underneath. */
  readonly tcp: Socket;
  /** Where the peer is, for the log. */
  readonly address: string | undefined;
  readonly shared: SharedState;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** Called when a held-up reader has taken everything. */
  readonly onDrained: () => void;
  /** Called when the closing frame comes next: the last moment for replies. */
  readonly onClosing?: () => void;
}

/**
 * The sending half of a socket. Gathers the texts of a tick into one write, says when the peer
 * does not keep up ({@link isHeldUp}), and cuts it off when it has stopped reading.
 */
export class Outlet {
  readonly #options: OutletOptions;
  readonly #queue: SendQueue;
  readonly #account: ByteAccount;
  readonly #address: string | undefined;
  #batch: string[] = [];
  #batchLength = 0;
  #isGathering = false;
  /** It waits to write, with others. */
  #isReady = false;
  #isHeldUp = false;
  #isShut = false;
  #takenAtMs = 0;
  #stopStallTimer: () => void = () => undefined;
  /** What pings had with them that are to be answered; of a peer that does not read, only the last one (RFC 6455 §5.5.3). */
  #pings: string[] = [];

  constructor(options: OutletOptions) {
    this.#options = options;
    const { socket, tcp, address, shared } = options;
    this.#address = address;
    this.#queue = new SendQueue(tcp, shared.turn, () => this.guard(() => this.#noteTaken()));
    this.#account = shared.replies.open(() => this.#cutOffForMemory());
    socket.onClosing = () => this.#beginClosing();
    socket.onControl = (frame) => this.#write(frame);
    socket.onDrop = (reason) => shared.closeLog.note(reason, this.#address);
    socket.on('ping', (data) => this.guard(() => this.#answerPing(data)));
    socket.on('close', () => this.#end());
  }

  /** Whether more should wait until `onDrained`. */
  get isHeldUp(): boolean {
    return this.#isHeldUp;
  }

  /** Bytes that the peer has not taken. */
  get queuedBytes(): number {
    return this.#queue.waitingBytes;
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
    if (this.#batch.length === 0 || this.#isReady) return;
    this.#isReady = true;
    this.#options.shared.writes.add(this);
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
    if (this.#batch.length === 0 && !this.#isGathering && !this.#isReady) {
      queueMicrotask(() => this.guard(() => this.#flush()));
    }
    this.#batch.push(text);
    this.#batchLength += text.length;
    if (this.#batchLength >= maxBatchLength) this.#flush();
  }

  /** Sends what is waiting, then closes; drops the connection when the peer does not answer. */
  shut(reason: CloseReason): void {
    if (this.#isShut) return;
    this.#isShut = true;
    const { socket, shared } = this.#options;
    shared.closeLog.note(reason, this.#address);
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
    this.#options.log.error(`The work of a connection failed: ${traceOf(error)}`);
    this.#batch = [];
    this.#batchLength = 0;
    this.shut(closeReasons.fault);
  }

  #answerPing(data: Buffer): void {
    // As text: a buffer for each would be memory outside of the heap, which is not collected in time.
    const ping = data.toString('latin1');
    if (this.#isHeldUp) {
      this.#pings = [ping];
      return;
    }
    // One write for all pings of a chunk: a write for each costs more than all else about it.
    if (this.#pings.length === 0) queueMicrotask(() => this.guard(() => this.#flushPongs()));
    this.#pings.push(ping);
  }

  #flushPongs(): void {
    if (this.#pings.length === 0 || this.#isHeldUp) return;
    const pings = this.#pings;
    this.#pings = [];
    this.#write(encodePongs(pings));
  }

  #flush(): void {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchLength = 0;
    this.#write(encodeFrames(batch));
  }

  #write(frames: Buffer): void {
    const { socket, limits } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    this.#queue.push(frames);
    const { waitingBytes } = this.#queue;
    if (waitingBytes > limits.maxQueuedBytes) this.#cutOff(closeReasons.replyTooLarge);
    else if (waitingBytes > limits.highWaterBytes) this.#holdUp(waitingBytes);
  }

  #holdUp(waitingBytes: number): void {
    if (!this.#isHeldUp) {
      this.#isHeldUp = true;
      const { clock, limits } = this.#options;
      this.#takenAtMs = clock.nowMs();
      this.#watchForStall(limits.stallMs);
    }
    this.#account.set(waitingBytes);
  }

  #watchForStall(delayMs: number): void {
    const { clock, limits } = this.#options;
    this.#stopStallTimer = clock.setTimer(() => {
      const leftMs = this.#takenAtMs + limits.stallMs - clock.nowMs();
      if (leftMs > 0) this.#watchForStall(leftMs);
      // Many may have to be cut off at once.
      else this.#options.shared.turn.next(() => this.#cutOffStalled(), 'heavy');
    }, delayMs);
  }

  #cutOffStalled(): void {
    if (this.#isHeldUp) this.guard(() => this.#cutOff(closeReasons.notReading));
  }

  #noteTaken(): void {
    if (!this.#isHeldUp || this.#isShut) return;
    this.#takenAtMs = this.#options.clock.nowMs();
    const { waitingBytes } = this.#queue;
    this.#account.set(waitingBytes);
    if (waitingBytes === 0) this.#release();
  }

  #release(): void {
    this.#isHeldUp = false;
    this.#stopStallTimer();
    this.#flushPongs();
    this.#options.onDrained();
  }

  /** Frames that have not started are dropped, so that the closing frame comes sooner. */
  #cutOff(reason: CloseReason): void {
    this.#queue.dropUnsent();
    this.shut(reason);
  }

  #cutOffForMemory(): void {
    this.#queue.dropUnsent();
    // The closing frame would come after what is left of a long one, which is just what is too much.
    if (this.#queue.waitingBytes <= this.#options.limits.highWaterBytes) {
      this.shut(closeReasons.repliesOverTotal);
    } else {
      this.#isShut = true;
      this.#options.socket.drop(closeReasons.droppedForMemory);
    }
  }

  /** The library writes its closing frame next. */
  #beginClosing(): void {
    const { socket, clock, limits } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    this.guard(() => this.#options.onClosing?.());
    this.guard(() => this.#flush());
    this.#end();
    this.#queue.writeAll();
    const stop = clock.setTimer(() => {
      socket.drop(closeReasons.closingUnanswered);
    }, limits.closeGraceMs);
    socket.once('close', stop);
  }

  #end(): void {
    this.#stopStallTimer();
    this.#account.set(0);
  }
}
