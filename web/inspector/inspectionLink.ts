import type { SetTimer } from '../../protocol/clock.ts';
import { revokedReason } from '../../protocol/inspection/access.ts';
import {
  isUnknownInspectionEvent,
  type InspectionEvent,
} from '../../protocol/inspection/events.ts';
import { EventReader } from './eventReader.ts';
import {
  writeInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import { readStoreFacts } from '../../protocol/inspection/storeFacts.ts';
import { protocolsOfKey, protocolsOfTicket, readWantedProof } from './inspectionProof.ts';
import type { InspectorState, KeyFault } from './inspectorView.ts';
import { texts } from './linkTexts.ts';

/** The outside world of the inspector. */
export interface InspectorDeps {
  /**
   * @returns The JSON text of `GET /inspect/ticket`.
   * Absent for a server that the page did not come from: it gives this page no ticket, and takes a key.
   */
  readonly fetchTicket?: () => Promise<string>;
  /** @returns The JSON text of `GET /healthz`. Absent as the ticket is. */
  readonly fetchHealth?: () => Promise<string>;
  readonly makeSocket: (protocols: string[]) => WebSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
  /** @returns The function that stops the timer. */
  readonly setTimer: SetTimer;
  readonly onNextFrame: (run: () => void) => void;
}

interface LinkListener {
  readonly onState: (state: InspectorState) => void;
  readonly onEvent: (event: InspectionEvent) => void;
}

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** Between two looks at what everybody may know of the server. */
const healthMs = 5000;

/** The life of the inspection socket: proof, connecting, and connecting again. */
export class InspectionLink {
  readonly #deps: InspectorDeps;
  readonly #listener: LinkListener;
  #socket: WebSocket | undefined;
  /** Memory only. */
  #key: string | undefined;
  #wasKeyTried = false;
  /** The key opened a connection once. */
  #isKeyGood = false;
  #failures = 0;
  /** Counts attempts: what comes late from an earlier one is ignored. */
  #attempt = 0;
  #stopRetry = () => {};

  constructor(deps: InspectorDeps, listener: LinkListener) {
    this.#deps = deps;
    this.#listener = listener;
  }

  /** Fetches a ticket and connects, now. */
  open(): void {
    this.close();
    const attempt = this.#attempt;
    this.#listener.onState({ state: 'connecting' });
    const { fetchTicket } = this.#deps;
    if (!fetchTicket) {
      this.#proveWithKey();
      return;
    }
    fetchTicket().then(
      (text) => {
        if (attempt === this.#attempt) this.#prove(text);
      },
      () => {
        if (attempt === this.#attempt) this.#retryLater(texts.unreachable);
      },
    );
  }

  /** Connects with the inspection key, which is kept for connecting again. */
  openWithKey(key: string): void {
    this.#key = key;
    this.#isKeyGood = false;
    this.#wasKeyTried = false;
    this.open();
  }

  /** Call it when the connection works: the next failure then retries soon. */
  proveGood(): void {
    this.#failures = 0;
    this.#isKeyGood = this.#wasKeyTried;
    this.#wasKeyTried = false;
  }

  /** The server is there again: an attempt under way that began before does not make the next one late. */
  forgetFailures(): void {
    this.#failures = 0;
  }

  /** @returns false when there is no connection to send it over. */
  send(request: InspectionRequest): boolean {
    const socket = this.#socket;
    if (socket?.readyState !== 1) return false;
    socket.send(writeInspectionRequest(request));
    return true;
  }

  /** Ends connection, attempt and waiting. */
  close(): void {
    this.#attempt += 1;
    this.#stopRetry();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #prove(text: string): void {
    const wanted = readWantedProof(text);
    if (!wanted) {
      this.#retryLater(texts.notUnderstood);
      return;
    }
    switch (wanted.proof) {
      case 'off':
        this.#listener.onState({ state: 'off' });
        this.#askHealth();
        return;
      case 'key':
        this.#proveWithKey();
        return;
      case 'ticket':
        this.#connect(protocolsOfTicket(wanted.ticket));
    }
  }

  /** The key is no key any more: it is not tried again. */
  #refuseKey(): void {
    this.#isKeyGood = false;
    this.#askForKey('removed');
  }

  /**
   * A browser does not say why an upgrade failed. When the server still answers and still wants
   * a key after one failed, it was the key.
   */
  #proveWithKey(): void {
    if (this.#wasKeyTried || this.#key === undefined) {
      this.#askForKey(this.#wasKeyTried ? 'refused' : undefined);
      return;
    }
    this.#wasKeyTried = true;
    this.#connect(protocolsOfKey(this.#key));
  }

  #askForKey(keyFault: KeyFault | undefined): void {
    this.#key = undefined;
    this.#wasKeyTried = false;
    this.#listener.onState({ state: 'needsKey', keyFault });
    this.#askHealth();
  }

  /** Who may not look at sessions still learns how safe the data is, only less quickly. */
  #askHealth(): void {
    const attempt = this.#attempt;
    void this.#deps
      .fetchHealth?.()
      .then(readStoreFacts, () => undefined)
      .then((facts) => {
        if (attempt !== this.#attempt) return;
        if (facts) this.#listener.onEvent({ type: 'store', ...facts });
        this.#stopRetry = this.#deps.setTimer(() => this.#askHealth(), healthMs);
      });
  }

  #connect(protocols: string[]): void {
    const socket = this.#deps.makeSocket(protocols);
    this.#socket = socket;
    const reader = new EventReader((event, text) => {
      if (this.#socket === socket) this.#receive(event, text);
    });
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
    });
    // An error event has no reason; the close event after it has what is known.
    socket.addEventListener('error', () => {});
    socket.addEventListener('message', (event: MessageEvent) => {
      if (this.#socket !== socket) return;
      if (typeof event.data === 'string') reader.take(event.data);
      else this.#retryLater(texts.notUnderstood);
    });
    socket.addEventListener('close', (event) => {
      reader.end();
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (event.code === 1008 && event.reason === revokedReason) {
        this.#refuseKey();
        return;
      }
      if (wasOpen) this.#wasKeyTried = false;
      // Whether another server runs now is unknown: a key that was good once is tried again.
      const isWaiting = !this.#deps.fetchTicket && this.#isKeyGood;
      if (this.#wasKeyTried && !isWaiting) this.open();
      else this.#retryLater(causeOf(event, wasOpen));
    });
  }

  #receive(event: InspectionEvent | undefined, text: string): void {
    if (event) this.#listener.onEvent(event);
    else if (!isUnknownInspectionEvent(text)) this.#retryLater(texts.notUnderstood);
  }

  #retryLater(cause: string): void {
    this.close();
    this.#failures += 1;
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1));
    const retryAtMs = this.#deps.nowMs() + delayMs;
    this.#stopRetry = this.#deps.setTimer(() => this.open(), delayMs);
    this.#listener.onState({ state: 'retrying', retryAtMs, cause });
  }
}

function causeOf({ code, reason }: CloseEvent, wasOpen: boolean): string {
  if (!wasOpen) return texts.notAccepted;
  if (code === 1013) return texts.tooSlow;
  return texts.ended(code, reason);
}
