import { createStore, type StoreApi } from 'zustand/vanilla';
import { ok, refused, type Result } from '../../../protocol/result.ts';
import { hostOf, lengthFault, readAddress } from './address.ts';
import { BackOff } from './backOff.ts';
import type { ConnectionDeps } from './connectionDeps.ts';
import {
  closeBeforeTrying,
  type CloseFacts,
  type ConnectFault,
  type ConnectionEvent,
  type ConnectionFault,
} from './connectionEvent.ts';
import { readCloseRequest, readOptions, readSubprotocols } from './connectionRules.ts';
import { newView } from './connectionView.ts';
import type { ConnectionOptions, ConnectionState, ConnectionView } from './connectionView.ts';
import type { Exchange, FeedEvent, OutgoingMessage, WaitRefusal } from './exchange.ts';
import { ExchangeQueue } from './exchangeQueue.ts';
import { ExchangeFeed } from './exchangeFeed.ts';
import { LearnedVariables } from './learnedVariables.ts';
import { SocketSession } from './socketSession.ts';
import type { CloseRequest, SocketEvent } from '../socketPort.ts';

const normalClose: CloseRequest = { code: 1000, reason: '' };

/** One connection: its socket's life, its variables and the feed of what goes over it. */
export class Connection {
  readonly store: StoreApi<ConnectionView>;
  readonly variables: LearnedVariables;
  readonly #deps: ConnectionDeps;
  readonly #feed: ExchangeFeed;
  readonly #exchanges: ExchangeQueue;
  readonly #backOff: BackOff;
  #socket: SocketSession | undefined;

  constructor(url: string, deps: ConnectionDeps) {
    this.#deps = deps;
    this.#backOff = new BackOff(deps);
    this.store = createStore<ConnectionView>(() => newView(url));
    this.variables = new LearnedVariables((variables) => this.store.setState({ variables }));
    this.#feed = new ExchangeFeed((session) => this.variables.learn(session));
    this.#exchanges = new ExchangeQueue(this.store, this.#feed);
  }

  /** @returns The function that ends the subscription. */
  subscribe(listener: (event: FeedEvent) => void): () => void {
    return this.#feed.subscribe(listener);
  }

  /**
   * Takes effect with the next connect. Anything is taken that can be shown, as it may be half
   * typed; a text too long to be an address is not, and while closed the status says so.
   */
  setUrl(url: string): Result<string, ConnectionFault> {
    const fault = lengthFault(url);
    if (fault === undefined) this.store.setState({ url });
    const status = this.#status();
    if (status.state === 'closed' && (fault !== undefined || status.close?.code === 0)) {
      const close = fault === undefined ? undefined : closeBeforeTrying(fault);
      this.#setStatus({ state: 'closed', close });
    }
    return fault === undefined ? ok(url) : refused(fault);
  }

  /** What the next connect asks for, in order of preference. Unchanged when refused. */
  setSubprotocols(names: readonly string[]): Result<readonly string[], ConnectionFault> {
    const read = readSubprotocols(names);
    if (read.ok) this.store.setState({ subprotocols: read.value });
    return read;
  }

  /** Takes effect at once. Unchanged when refused. */
  setOptions(changed: Partial<ConnectionOptions>): Result<ConnectionOptions, ConnectionFault> {
    const read = readOptions({ ...this.store.getState().options, ...changed });
    if (!read.ok) return read;
    this.store.setState({ options: read.value });
    if (!read.value.isProbing) this.store.setState({ roundTripMs: undefined });
    const status = this.#status();
    if (status.state === 'retrying' && !read.value.isReconnecting) this.#giveUp(status.close);
    return read;
  }

  /** Connects now, also in the middle of a wait for the next attempt. */
  connect(): void {
    const { state } = this.#status();
    if (state === 'closed' || state === 'retrying') this.#open(0);
  }

  /**
   * Closes for good: no reconnecting.
   * @param how Said to the server: 1000 or 3000–4999, at most 123 bytes. When refused, the
   *   connection stays.
   */
  disconnect(how: CloseRequest = normalClose): Result<CloseRequest, ConnectionFault> {
    const close = readCloseRequest(how);
    if (!close.ok || this.#status().state === 'closed') return close;
    this.#release(close.value);
    this.#note({ event: 'disconnected', host: hostOf(this.store.getState().url), ...close.value });
    this.#hold('waiting');
    this.#setStatus({ state: 'closed', close: undefined });
    return close;
  }

  /**
   * Sends a message. Without a connection it waits in `unsent` and the connection is opened, unless
   * it must not wait. What a production server asks about waits there for {@link confirm}.
   * @returns The message's exchange, by which its outcome can be followed.
   */
  send(message: OutgoingMessage): Exchange {
    const socket = this.#openSocket();
    const asks = this.#asks(message);
    const atMs = this.#deps.nowMs();
    const exchange = this.#exchanges.add(message, { isOpen: !!socket, asks, atMs });
    if (exchange.state.state === 'leaving') socket?.send(exchange);
    if (exchange.state.state === 'waiting') this.connect();
    return exchange;
  }

  /** Sends a message of `unsent` that is held; it may ask first. @returns Why it stays there. */
  sendHeld(id: number): WaitRefusal | undefined {
    return this.#releaseHeld(id, (message) => this.#asks(message));
  }

  /** Sends a message of `unsent` that asks, as a person has confirmed it. @returns Why it stays there. */
  confirm(id: number): WaitRefusal | undefined {
    return this.#releaseHeld(id, () => false);
  }

  /** Takes messages out of `unsent`. @returns The function that brings them back. */
  discard(ids: readonly number[]): () => void {
    return this.#exchanges.discard(ids);
  }

  /** Ends everything; the connection cannot be used again. */
  dispose(): void {
    this.#release(normalClose);
    this.#feed.close();
  }

  #open(attempt: number): void {
    this.#backOff.stop();
    const { url, subprotocols } = this.store.getState();
    const address = readAddress(url, this.#deps.origin);
    if (!address.ok) {
      this.#refuse(address.refusal);
      return;
    }
    // As it is tried: with its scheme, without spaces around it.
    this.store.setState({ url: address.value, status: { state: 'connecting', attempt } });
    const ask = { url: address.value, subprotocols };
    const socket: SocketSession = new SocketSession(ask, {
      ...this.#deps,
      attempt,
      mayProbe: () => this.#mayProbe(),
      onRoundTrip: (roundTripMs) => this.#showRoundTrip(socket, roundTripMs),
      onEvents: (events) => this.#handle(socket, events),
    });
    this.#socket = socket;
    this.store.setState({ handshake: socket.handshake });
    socket.open();
  }

  #handle(socket: SocketSession, events: readonly SocketEvent[]): void {
    for (const event of events) {
      // What still comes from a socket that was released is not wanted any more.
      if (this.#socket !== socket) break;
      if (event.type !== 'arrived' && event.type !== 'sent') this.#flush();
      switch (event.type) {
        case 'arrived':
          if (this.#exchanges.received(event)) socket.roundTrip.serverSpoke();
          break;
        case 'sent':
          this.#exchanges.wentOut(event.id, event.atMs);
          break;
        case 'probed':
          socket.roundTrip.answered(event.roundTripMs);
          break;
        case 'opened':
          this.#opened(socket, event);
          break;
        case 'closed':
          this.#closed(socket, event);
          break;
        case 'refused':
          this.#socket = undefined;
          this.#refuse({ fault: 'browserRefused', detail: event.message });
          break;
      }
    }
    this.#flush();
  }

  #opened(socket: SocketSession, answer: SocketEvent & { type: 'opened' }): void {
    socket.opened(answer);
    this.store.setState({ handshake: socket.handshake });
    this.#setStatus({ state: 'open', openedAtMs: this.#deps.nowMs() });
    const event = socket.attempt > 0 ? 'reconnected' : 'connected';
    this.#note({ event, host: hostOf(socket.handshake.url) });
    this.#sendWaiting();
  }

  #asks({ asksInProduction }: OutgoingMessage): boolean {
    const socket = this.#openSocket();
    return !!socket && asksInProduction && !!this.#deps.isProduction?.(socket.handshake.url);
  }

  #releaseHeld(id: number, asks: (message: OutgoingMessage) => boolean): WaitRefusal | undefined {
    const refusal = this.#exchanges.release(id, asks);
    if (!refusal) this.#sendWaiting();
    return refusal;
  }

  /** Sends what waits, connecting first if need be. */
  #sendWaiting(): void {
    const socket = this.#openSocket();
    if (!socket) this.connect();
    else for (const exchange of this.#exchanges.takeWaiting()) socket.send(exchange);
  }

  #openSocket(): SocketSession | undefined {
    return this.#status().state === 'open' ? this.#socket : undefined;
  }

  #closed(socket: SocketSession, how: CloseRequest): void {
    const close = socket.closed(how);
    this.#socket = undefined;
    this.#exchanges.loseSent();
    const attempt = close.wasOpen ? 1 : socket.attempt + 1;
    // Only the first failure of a row is shown: failed attempts must not hide why it was lost.
    if (attempt === 1) {
      this.store.setState({ lastClose: close });
      this.#note({ event: 'closed', close });
    }
    // The socket ended before it took them: whether they may wait is not known here.
    this.#hold('leaving');
    this.#retry(attempt, this.store.getState().lastClose ?? close);
  }

  #retry(attempt: number, close: CloseFacts): void {
    const { isReconnecting, attemptLimit = Infinity } = this.store.getState().options;
    if (!isReconnecting || attempt > attemptLimit) {
      if (isReconnecting) this.#note({ event: 'gaveUp', attempts: attemptLimit });
      this.#giveUp(close);
      return;
    }
    const retryAtMs = this.#backOff.wait(attempt, () => this.#open(attempt));
    this.#setStatus({ state: 'retrying', attempt, retryAtMs, close });
  }

  #refuse(fault: ConnectFault): void {
    this.#note({ event: 'notTried', fault });
    this.#giveUp(closeBeforeTrying(fault));
  }

  #giveUp(close: CloseFacts): void {
    this.#backOff.stop();
    this.#hold('waiting');
    this.#setStatus({ state: 'closed', close });
  }

  /** The variables first: who gets a reply finds its token in them. */
  #flush(): void {
    this.variables.show();
    this.#feed.flush();
  }

  #mayProbe(): boolean {
    const { isProbing } = this.store.getState().options;
    return isProbing && this.#deps.isHidden?.() !== true && !this.#exchanges.isBusy();
  }

  #showRoundTrip(socket: SocketSession, roundTripMs: number | undefined): void {
    const isWanted = this.#socket === socket && this.store.getState().options.isProbing;
    this.store.setState({ roundTripMs: isWanted ? roundTripMs : undefined });
  }

  #release(how: CloseRequest): void {
    this.#backOff.stop();
    this.#exchanges.allWentOut(this.#deps.nowMs());
    this.#socket?.close(how);
    this.#socket = undefined;
    this.#exchanges.loseSent();
  }

  #hold(those: 'waiting' | 'leaving'): void {
    const held = this.#exchanges.hold(those);
    if (held > 0) this.#note({ event: 'notSent', messages: held });
  }

  #note(event: ConnectionEvent): void {
    this.#feed.note(event, this.#deps.nowMs());
  }

  #status(): ConnectionState {
    return this.store.getState().status;
  }

  #setStatus(status: ConnectionState): void {
    this.store.setState({ status });
  }
}
