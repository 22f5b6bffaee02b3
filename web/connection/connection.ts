import { createStore, type StoreApi } from 'zustand/vanilla';
import { readMessage, type NamedMessage } from '../../protocol/frame.ts';
import { statusesOf } from '../../protocol/replyStatus.ts';
import { explainClose, type CloseFacts } from './closeCause.ts';
import type { ConnectionEntry, Entry, FeedEvent } from './exchange.ts';
import { createPendingReplies } from './pendingReplies.ts';
import { learn, type Variables } from './variables.ts';

/** Where a connection stands. */
export type ConnectionState =
  | { readonly state: 'closed'; readonly close: CloseFacts | undefined }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open'; readonly openedAtMs: number }
  | {
      readonly state: 'retrying';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly close: CloseFacts;
    };

/** What a tab shows of its connection. */
export interface ConnectionView {
  readonly url: string;
  readonly status: ConnectionState;
  /** Tokens learned from replies. Memory only. */
  readonly variables: Variables;
}

/** The outside world of a connection. */
export interface ConnectionDeps {
  readonly makeSocket: (url: string) => WebSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** Texts that wait for a connection; more are refused, so that nothing is lost unseen. */
const maxOutbox = 100;
const utf8 = new TextEncoder();

/** One connection: its socket's life, its variables and the feed of what goes over it. */
export class Connection {
  readonly store: StoreApi<ConnectionView>;
  readonly #deps: ConnectionDeps;
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  readonly #pending = createPendingReplies();
  #outbox: string[] = [];
  #socket: WebSocket | undefined;
  /** How the last connection ended; vain attempts to get another do not hide it. */
  #lostBy: CloseFacts | undefined;
  #stopRetry = () => {};
  #lastId = 0;

  constructor(url: string, deps: ConnectionDeps) {
    this.#deps = deps;
    this.store = createStore<ConnectionView>(() => ({
      url,
      status: { state: 'closed', close: undefined },
      variables: new Map(),
    }));
  }

  /** @returns The function that ends the subscription. */
  subscribe(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes effect with the next connect. */
  setUrl(url: string): void {
    this.store.setState({ url });
  }

  /** Connects now, also in the middle of a wait for the next attempt. */
  connect(): void {
    const { state } = this.#status();
    if (state === 'closed' || state === 'retrying') this.#open(0);
  }

  /** Closes for good: no reconnecting. */
  disconnect(): void {
    if (this.#status().state === 'closed') return;
    this.#letGo();
    this.#note('neutral', `Disconnected from ${this.#address()}`);
    if (this.#outbox.length > 0) this.#note('bad', `Not sent: ${this.#outbox.length} waiting.`);
    this.#outbox = [];
    this.#setStatus({ state: 'closed', close: undefined });
  }

  /** Sends the text as it is; without a connection it connects first, then sends once. */
  send(text: string): void {
    if (this.#socket && this.#status().state === 'open') {
      this.#transmit(this.#socket, text);
      return;
    }
    if (this.#outbox.length >= maxOutbox) {
      this.#note('bad', `Not sent: ${maxOutbox} messages are waiting for a connection already.`);
      return;
    }
    this.#outbox.push(text);
    this.connect();
  }

  /** Gives a variable a value, as a person or a tool beside the composer does. */
  setVariable(name: string, value: string): void {
    const { variables } = this.store.getState();
    this.store.setState({ variables: new Map(variables).set(name, value) });
  }

  /** Makes a variable one without a value. */
  forgetVariable(name: string): void {
    const { variables } = this.store.getState();
    this.store.setState({
      variables: new Map([...variables].filter(([each]) => each !== name)),
    });
  }

  /** Makes a session's token the one that `{{tkn}}` stands for. */
  useToken(token: string, name: string): void {
    const { variables } = this.store.getState();
    this.store.setState({
      variables: new Map(variables).set('tkn', token).set(`tkn:${name}`, token),
    });
  }

  /** Ends everything; the connection cannot be used again. */
  dispose(): void {
    this.#letGo();
    this.#listeners.clear();
  }

  #open(attempt: number): void {
    this.#stopRetry();
    this.#setStatus({ state: 'connecting', attempt });
    let socket: WebSocket;
    try {
      socket = this.#deps.makeSocket(this.store.getState().url);
    } catch (error) {
      this.#refuseUrl(error);
      return;
    }
    this.#socket = socket;
    let wasOpen = false;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      wasOpen = true;
      this.#opened(socket, attempt);
    });
    // A failure says nothing; the close event after it tells what can be told.
    socket.addEventListener('error', () => {});
    socket.addEventListener('message', (event: MessageEvent) => this.#receive(event.data));
    socket.addEventListener('close', (event) => {
      if (this.#socket !== socket) return;
      const close = explainClose(event, { wasOpen, address: this.#address() });
      this.#closed(close, wasOpen ? 1 : attempt + 1);
    });
  }

  #refuseUrl(error: unknown): void {
    const cause = `The address is no WebSocket URL. ${error instanceof Error ? error.message : ''}`;
    this.#note('bad', cause);
    this.#setStatus({ state: 'closed', close: { code: 0, reason: '', cause } });
  }

  #opened(socket: WebSocket, attempt: number): void {
    this.#setStatus({ state: 'open', openedAtMs: this.#deps.nowMs() });
    const verb = attempt > 0 ? 'Reconnected' : 'Connected';
    this.#note('good', `${verb} to ${this.#address()}`);
    const waiting = this.#outbox;
    this.#outbox = [];
    for (const text of waiting) this.#transmit(socket, text);
  }

  #closed(close: CloseFacts, attempt: number): void {
    this.#socket = undefined;
    this.#loseWaiting();
    if (attempt === 1) this.#lostBy = close;
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (attempt - 1));
    // Only the first failure of a row is an entry: the gap is told once, not every few seconds.
    if (attempt === 1) this.#note('bad', `${close.cause} (code ${close.code})`);
    const retryAtMs = this.#deps.nowMs() + delayMs;
    this.#setStatus({ state: 'retrying', attempt, retryAtMs, close: this.#lostBy ?? close });
    this.#stopRetry = this.#deps.setTimer(() => this.#open(attempt), delayMs);
  }

  #transmit(socket: WebSocket, text: string): void {
    const atMs = this.#deps.nowMs();
    const { isQuiet } = this.#pending.sent(this.#lastId + 1, text, atMs);
    this.#add((id) => ({
      kind: 'sent',
      id,
      atMs,
      text,
      name: readMessage(text)?.name ?? '',
      bytes: utf8.encode(text).length,
      isQuiet,
      outcome: { state: 'waiting' },
    }));
    socket.send(text);
  }

  #receive(data: unknown): void {
    const atMs = this.#deps.nowMs();
    const text = typeof data === 'string' ? data : describeBinary(data);
    const binary = data instanceof ArrayBuffer ? new Uint8Array(data) : undefined;
    const message = readMessage(text);
    const { request, silentIds } = this.#pending.received(message);
    const latencyMs = request ? atMs - request.sentAtMs : undefined;
    for (const id of silentIds) this.#emit({ type: 'outcome', id, outcome: { state: 'silent' } });
    this.#add((id) => ({
      kind: 'received',
      id,
      atMs,
      text,
      name: message?.name ?? '',
      bytes: binary?.length ?? utf8.encode(text).length,
      binary,
      statuses: message ? statusesOf(message) : [],
      requestId: request?.id,
      latencyMs,
      learned: message ? this.#learnFrom(message) : [],
    }));
    if (!request || latencyMs === undefined) return;
    const outcome = { state: 'answered', replyId: this.#lastId, latencyMs } as const;
    this.#emit({ type: 'outcome', id: request.id, outcome });
  }

  /** @returns Names of the variables that got a new value. */
  #learnFrom(message: NamedMessage): readonly string[] {
    const before = this.store.getState().variables;
    const variables = learn(before, message);
    if (variables === before) return [];
    this.store.setState({ variables });
    const changed = [...variables].filter(([name, value]) => before.get(name) !== value);
    return changed.map(([name]) => name);
  }

  #letGo(): void {
    this.#stopRetry();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
    this.#loseWaiting();
  }

  #loseWaiting(): void {
    for (const id of this.#pending.dropAll()) {
      this.#emit({ type: 'outcome', id, outcome: { state: 'lost' } });
    }
  }

  #note(tone: ConnectionEntry['tone'], text: string): void {
    this.#add((id) => ({ kind: 'connection', id, atMs: this.#deps.nowMs(), tone, text }));
  }

  #add(entry: (id: number) => Entry): void {
    this.#lastId += 1;
    this.#emit({ type: 'entry', entry: entry(this.#lastId) });
  }

  #emit(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #status(): ConnectionState {
    return this.store.getState().status;
  }

  #setStatus(status: ConnectionState): void {
    this.store.setState({ status });
  }

  #address(): string {
    const { url } = this.store.getState();
    return URL.canParse(url) ? new URL(url).host : url;
  }
}

function describeBinary(data: unknown): string {
  const bytes = data instanceof ArrayBuffer ? data.byteLength : 0;
  return `(binary message of ${bytes} bytes)`;
}
