import {
  inspectionProtocol,
  readInspectionEvent,
  ticketPrefix,
  writeInspectionRequest,
  type InspectionEvent,
  type InspectionRequest,
} from '../../protocol/inspection.ts';
import { explainClose } from '../connection/closeCause.ts';
import { keySubprotocol, readTicketReply, type TicketReply } from './ticketReply.ts';

/** Where the inspector stands with its server. */
export type LinkState =
  /** Nobody looks. */
  | { readonly state: 'idle' }
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  /** The server wants its inspection key; `isRefused` when it did not take the one we had. */
  | { readonly state: 'needsKey'; readonly isRefused: boolean }
  /** Inspection is switched off on this server. */
  | { readonly state: 'off' }
  | { readonly state: 'retrying'; readonly retryAtMs: number; readonly cause: string };

/** The outside world of the link. */
export interface LinkDeps {
  /** The serving origin, such as `http://127.0.0.1:1987`. */
  readonly origin: string;
  readonly fetchTicket: (url: string) => Promise<Response>;
  readonly makeSocket: (url: string, subprotocols: string[]) => WebSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

interface LinkListeners {
  readonly onState: (state: LinkState) => void;
  readonly onEvent: (event: InspectionEvent) => void;
}

/** How we ask to be let in. */
type Proof = 'ticket' | 'key';

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** An attempt that has come to nothing after so long is given up. */
const attemptMs = 10_000;

/**
 * The inspection socket's life: fetches a proof, connects, and comes back by itself. A server that
 * restarts has a new ticket, so every attempt starts by asking for one.
 */
export class InspectionLink {
  readonly #deps: LinkDeps;
  readonly #listeners: LinkListeners;
  #state: LinkState = { state: 'idle' };
  #socket: WebSocket | undefined;
  /** Memory only. */
  #key: string | undefined;
  /** Attempts are counted: what belongs to an earlier one is not listened to. */
  #attempt = 0;
  #failures = 0;
  #stopTimer = () => {};

  constructor(deps: LinkDeps, listeners: LinkListeners) {
    this.#deps = deps;
    this.#listeners = listeners;
  }

  start(): void {
    if (this.#state.state === 'idle') this.#try();
  }

  stop(): void {
    this.#settle({ state: 'idle' });
  }

  /** Tries at once, also where waiting would not help by itself. */
  retryNow(): void {
    if (this.#state.state === 'retrying' || this.#state.state === 'off') this.#try();
  }

  /** Shows this inspection key from now on. */
  submitKey(key: string): void {
    this.#key = key;
    if (this.#state.state === 'needsKey') this.#try();
  }

  /** @returns false when there is no connection; the request is not kept. */
  send(request: InspectionRequest): boolean {
    if (!this.#socket || this.#state.state !== 'live') return false;
    this.#socket.send(writeInspectionRequest(request));
    return true;
  }

  #try(): void {
    this.#abandon();
    const attempt = this.#attempt;
    this.#become({ state: 'connecting' });
    this.#stopTimer = this.#deps.setTimer(
      () => this.#fail(`${this.#address()} did not answer within ${attemptMs / 1000} s.`),
      attemptMs,
    );
    void this.#askForTicket().then((reply) => {
      if (attempt === this.#attempt) this.#follow(reply);
    });
  }

  async #askForTicket(): Promise<TicketReply> {
    try {
      const response = await this.#deps.fetchTicket(`${this.#deps.origin}/inspect/ticket`);
      return readTicketReply(response.status, await response.text());
    } catch {
      const cause = `Nothing answered at ${this.#address()}. Is the server running?`;
      return { proof: 'unknown', cause };
    }
  }

  #follow(reply: TicketReply): void {
    switch (reply.proof) {
      case 'ticket':
        this.#connect('ticket', `${ticketPrefix}${reply.ticket}`);
        return;
      case 'key':
        if (this.#key === undefined) this.#settle({ state: 'needsKey', isRefused: false });
        else this.#connect('key', keySubprotocol(this.#key));
        return;
      case 'off':
        this.#settle({ state: 'off' });
        return;
      case 'unknown':
        this.#fail(reply.cause);
        return;
    }
  }

  #connect(proof: Proof, subprotocol: string): void {
    const attempt = this.#attempt;
    const url = `${this.#deps.origin.replace(/^http/, 'ws')}/inspect`;
    let socket: WebSocket;
    try {
      socket = this.#deps.makeSocket(url, [inspectionProtocol, subprotocol]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      this.#fail(`The inspection socket cannot be opened. ${reason}`);
      return;
    }
    this.#socket = socket;
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
    });
    // A failure says nothing; the close event after it tells what can be told.
    socket.addEventListener('error', () => {});
    socket.addEventListener('message', (message: MessageEvent) => {
      if (attempt === this.#attempt) this.#receive(message.data);
    });
    socket.addEventListener('close', (close) => {
      if (attempt !== this.#attempt) return;
      if (wasOpen) this.#fail(explainClose(close, { wasOpen, address: this.#address() }).cause);
      else this.#refused(proof);
    });
  }

  #receive(data: unknown): void {
    const event = typeof data === 'string' ? readInspectionEvent(data) : undefined;
    // A later server may say more than we know.
    if (!event) return;
    if (this.#state.state !== 'live') {
      // Only now, not when the socket opens: a server that lets in and hangs up is no success.
      this.#failures = 0;
      this.#stopTimer();
      this.#become({ state: 'live' });
    }
    this.#listeners.onEvent(event);
  }

  /** The server answers over HTTP, yet does not let us in. */
  #refused(proof: Proof): void {
    if (proof === 'ticket') {
      this.#fail('The server refused the inspection socket.');
      return;
    }
    this.#key = undefined;
    this.#settle({ state: 'needsKey', isRefused: true });
  }

  #fail(cause: string): void {
    this.#abandon();
    this.#failures += 1;
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
    this.#become({ state: 'retrying', retryAtMs: this.#deps.nowMs() + delayMs, cause });
    this.#stopTimer = this.#deps.setTimer(() => this.#try(), delayMs);
  }

  /** Rests until a person does something. */
  #settle(state: LinkState): void {
    this.#abandon();
    this.#failures = 0;
    this.#become(state);
  }

  #abandon(): void {
    this.#attempt += 1;
    this.#stopTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.#listeners.onState(state);
  }

  #address(): string {
    return new URL(this.#deps.origin).host;
  }
}
