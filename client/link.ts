import type { Clock } from '../protocol/clock.ts';
import { nextDelayMs, type ReconnectDelays } from './backoff.ts';
import { JoinedWrites } from './joinedWrites.ts';
import type { Message } from './message.ts';
import { openSocket, type SocketClass, type SocketLike } from './socket.ts';
import type { StatusEvent } from './statusFeed.ts';

/** What a link needs. */
export interface LinkParts {
  /** Tried in turn; at least one. */
  readonly addresses: readonly string[];
  /** Of the inspection socket. */
  readonly protocols?: string[];
  readonly socketClass: Promise<SocketClass>;
  readonly delays: ReconnectDelays;
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly onStatus: (event: StatusEvent) => void;
  readonly onOpen: () => void;
  readonly onData: (data: unknown) => void;
  /** The server has refused to open a WebSocket, with this status of HTTP. Only with `ws` it can be known. */
  readonly onRefused?: (httpStatus: number) => void;
  /** An open connection has ended. */
  readonly onLost: (code: number) => void;
  /** There is no WebSocket here. */
  readonly onFault: (error: Error) => void;
}

type State =
  | {
      readonly state: 'connecting' | 'open';
      readonly socket: SocketLike;
      readonly writes: JoinedWrites;
      readonly stop: () => void;
    }
  | { readonly state: 'waiting'; readonly stop: () => void }
  | { readonly state: 'closed' };

/** How a connection ended, or why there is none. */
interface End {
  readonly code: number;
  readonly reason: string;
}

/** Sent by nobody: the connection ended without a closing frame. */
const dropped = 1006;
/** Time for the closing handshake. */
const closeGraceMs = 1_000;

/** Keeps one connection: to the next address when one is lost, and after a wait that grows. */
export class Link {
  readonly #parts: LinkParts;
  #state: State = { state: 'waiting', stop: () => undefined };
  /** Place of the address in use. */
  #at = 0;
  /** Attempts, or connections without a reply, since the last reply. */
  #failures = 0;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  get address(): string {
    return this.#parts.addresses[this.#at] ?? '';
  }

  get isOpen(): boolean {
    return this.#state.state === 'open';
  }

  start(): void {
    this.#parts.socketClass.then(
      (socketClass) => this.#connect(socketClass),
      (error: unknown) =>
        this.#parts.onFault(
          new Error('There is no WebSocket here: install the package "ws"', { cause: error }),
        ),
    );
  }

  /**
   * Only while it is open.
   * @param isAlone No other message waits for its reply.
   */
  send(message: Message, isAlone: boolean): void {
    if (this.#state.state === 'open') this.#state.writes.send(message, isAlone);
  }

  /** The server answers: later failures are counted from here. */
  noteReply(): void {
    this.#failures = 0;
  }

  /** Gives up the connection, which may be dead, and makes another. */
  drop(reason: string): void {
    if (this.#state.state === 'open') this.#lost(this.#state.socket, { code: dropped, reason });
  }

  /** Settles when the connection has ended. */
  async close(): Promise<void> {
    const last = this.#state;
    this.#state = { state: 'closed' };
    switch (last.state) {
      case 'closed':
        return;
      case 'waiting':
        last.stop();
        return;
      case 'connecting':
        last.stop();
        discard(last.socket);
        return;
      case 'open':
        await this.#handshake(last.socket);
        return;
    }
  }

  #connect(socketClass: SocketClass): void {
    if (this.#state.state === 'closed') return;
    const { address } = this;
    this.#parts.onStatus({ type: 'connecting', address });
    const socket = openSocket(socketClass, address, this.#parts.protocols);
    const stop = this.#parts.clock.setTimer(
      () => this.#lost(socket, { code: dropped, reason: 'No connection in time' }),
      this.#parts.connectTimeoutMs,
    );
    const writes = new JoinedWrites(socket);
    this.#state = { state: 'connecting', socket, writes, stop };
    socket.onopen = () => {
      stop();
      this.#state = { state: 'open', socket, writes, stop };
      this.#parts.onStatus({ type: 'connected', address });
      this.#parts.onOpen();
    };
    socket.onmessage = ({ data }) => this.#parts.onData(data);
    socket.onclose = ({ code, reason }) => this.#lost(socket, { code, reason });
    socket.on?.('unexpected-response', (_, { statusCode = 0 }) => {
      this.#parts.onRefused?.(statusCode);
      this.#lost(socket, { code: dropped, reason: `The server answered with HTTP ${statusCode}` });
    });
    socket.onerror = () => {
      // In Node 22 it is the only event then; of an open socket a close event follows.
      if (this.#state.state === 'connecting') this.#lost(socket, { code: dropped, reason: '' });
    };
  }

  #lost(socket: SocketLike, { code, reason }: End): void {
    const last = this.#state;
    if (last.state === 'closed' || last.state === 'waiting' || last.socket !== socket) return;
    last.stop();
    discard(socket);
    const { address } = this;
    const { addresses, delays, clock, random, socketClass, onStatus, onLost } = this.#parts;
    this.#failures += 1;
    const failures = { count: this.#failures, addressCount: addresses.length, code };
    const retryInMs = nextDelayMs(delays, failures, random());
    this.#at = (this.#at + 1) % addresses.length;
    const retry = () => void socketClass.then((found) => this.#connect(found));
    this.#state = { state: 'waiting', stop: clock.setTimer(retry, retryInMs) };
    if (last.state === 'open') onLost(code);
    onStatus({ type: 'disconnected', address, code, reason, retryInMs });
  }

  #handshake(socket: SocketLike): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        stop();
        discard(socket);
        resolve();
      };
      const stop = this.#parts.clock.setTimer(end, closeGraceMs);
      socket.onmessage = null;
      socket.onclose = end;
      socket.close(1000);
    });
  }
}

/** Ends a socket of which nothing is wanted any more. */
function discard(socket: SocketLike): void {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  // `ws` throws what nobody listens to.
  socket.onerror = () => undefined;
  if (socket.terminate) socket.terminate();
  else socket.close();
}
