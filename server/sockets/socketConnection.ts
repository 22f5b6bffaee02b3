import type { Socket } from 'node:net';
import type { ClosableSocket, SocketOwner } from './closableSocket.ts';
import { closeReasons, reasonOfFault, type CloseReason } from './closeReasons.ts';
import type { Connection, Connections } from './connections.ts';
import type { FrameFollower } from './frameFollower.ts';
import type { Limits } from './limits.ts';
import { Outlet, type OutletHost } from './outlet.ts';
import { Pipeline, type PipelineHost } from './pipeline.ts';
import type { SharedState } from './sharedState.ts';
import type { Message } from './waitingRequests.ts';
import type { FramePeer } from './wholeFrames.ts';

/** An open WebSocket, and the connection underneath it. */
export interface Accepted {
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
  /** Of the peer, or of who is behind a proxy; undefined when it has gone. */
  readonly address: string | undefined;
  readonly shared: SharedState;
  /** All connections, this one as well. */
  readonly peers: Connections;
}

/**
 * One WebSocket: hands what comes to its pipeline, sees whether the peer is still there, and ends it. Kinds of sockets say
 * what a message means.
 *
 * It is one object that its socket, its pipeline and its outlet know, in place of a closure for each thing they
 * ask or tell: very many connections are idle (ADR 91).
 */
export abstract class SocketConnection
  implements Connection, SocketOwner, OutletHost, PipelineHost, FramePeer
{
  abstract readonly kind: Connection['kind'];
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
  readonly address: string | undefined;
  readonly shared: SharedState;
  readonly openedAtMs: number;
  readonly outlet: Outlet;
  readonly pipeline: Pipeline;
  /** What the library is reading; undefined while it is between two messages. */
  follower: FrameFollower | undefined = undefined;
  readonly #peers: Connections;
  #silentBeats = 0;
  #isUnused = true;
  #wasActive = false;

  constructor({ socket, tcp, address, shared, peers }: Accepted) {
    this.socket = socket;
    this.tcp = tcp;
    this.address = address;
    this.shared = shared;
    this.#peers = peers;
    this.openedAtMs = shared.clock.nowMs();
    this.outlet = new Outlet(this);
    this.pipeline = new Pipeline(this);
  }

  abstract answer(message: Message): ReturnType<PipelineHost['answer']>;
  abstract isBarrier(message: Message): boolean;

  get limits(): Limits {
    return this.shared.limits;
  }

  get isUnused(): boolean {
    return this.#isUnused;
  }

  unreadBytes(): number {
    return this.tcp.readableLength;
  }

  beat(): void {
    this.outlet.rest();
    // Nothing arrives from a socket that is not read; the outlet's stall timer watches it.
    if (this.socket.isPaused) return;
    this.#silentBeats += 1;
    if (this.#silentBeats > this.limits.maxSilentBeats) this.socket.drop(closeReasons.silentPeer);
    else if (this.#silentBeats > 1) this.socket.ping();
  }

  consumeActivity(): boolean {
    const wasActive = this.#wasActive || !this.pipeline.isIdle;
    this.#wasActive = false;
    return wasActive;
  }

  shut(reason: CloseReason): void {
    this.outlet.shut(reason);
  }

  terminate(): void {
    this.socket.terminate();
  }

  beginRead(): void {
    this.outlet.gather();
  }

  endRead(bytes: number): void {
    this.pipeline.noteRead(bytes);
    this.outlet.sendGathered();
  }

  take(message: Message): void {
    // Not by `guard`: a closure for each message shows in the rate.
    try {
      this.#isUnused = false;
      this.#noteActivity();
      this.pipeline.take(message);
    } catch (error) {
      this.outlet.fail(error);
    }
  }

  onMessage(message: Buffer, isBinary: boolean): void {
    this.follower?.noteFound();
    this.take(isBinary ? null : message);
  }

  onPing(data: Buffer): void {
    this.follower?.noteFound();
    this.pipeline.noteControl(data.length);
    this.#noteActivity();
    this.outlet.guard(() => this.outlet.answerPing(data));
    if (this.outlet.isHeldUp) this.socket.pause();
  }

  onPong(data: Buffer): void {
    this.follower?.noteFound();
    this.pipeline.noteControl(data.length);
    this.#silentBeats = 0;
  }

  #noteActivity(): void {
    this.#silentBeats = 0;
    this.#wasActive = true;
  }

  /** A fault of the protocol (too large, not UTF-8 …): the library closes with the right code. */
  onError(error: Error): void {
    const reason = reasonOfFault(error);
    if (reason) this.shared.closeLog.note(reason, this.address);
  }

  onDrop(reason: CloseReason): void {
    this.shared.closeLog.note(reason, this.address);
  }

  onControl(frame: Buffer): void {
    this.outlet.sendControl(frame);
  }

  onDrained(): void {
    this.pipeline.resumeInTurn();
  }

  onClosing(): void {
    this.outlet.beginClosing();
  }

  onLastReplies(): void {
    this.pipeline.finish();
  }

  onClosed(): void {
    this.outlet.close();
    this.outlet.guard(() => this.pipeline.close());
    this.#peers.remove(this);
  }

  /** What waited for something may continue. */
  resume(): void {
    this.outlet.guard(() => this.pipeline.resume());
  }
}
