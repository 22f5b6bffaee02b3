import type { Socket } from 'node:net';
import {
  readInspectionRequest,
  writeInspectionEvent,
  type InspectionEvent,
  type InspectionRequest,
} from '../../protocol/inspection.ts';
import type { Clock } from '../clock.ts';
import type { SessionChange } from '../store/changes.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { traceOf, type Log } from '../log.ts';
import type { ClosableSocket } from '../transport/closableSocket.ts';
import type { Connection } from '../transport/connections.ts';
import { Heartbeat } from '../transport/heartbeat.ts';
import type { Limits } from '../transport/limits.ts';
import { textOf } from '../transport/textOf.ts';
import { Outlet } from '../transport/outlet.ts';
import { RequestQueue } from '../transport/requestQueue.ts';
import { glance } from './glance.ts';
import { KeyNews } from './keyNews.ts';
import { SessionNews } from './sessionNews.ts';

/** Changes are gathered for so long, so that a busy store costs a few frames a second. */
export const gatherMs = 80;

/** After a failure of the store, it is asked again after so long. */
const retryMs = 1000;

/** WebSocket close code "policy violation": what came is no request of the contract. */
const policyViolation = 1008;

export interface InspectorConnectionOptions {
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly serverVersion: string;
  readonly maxPayloadBytes: number;
}

/**
 * One inspector: hears about every session, follows the keys of one, and disturbs none. One that
 * does not keep up is told less often, as what it has not been told is noted by name only.
 */
export class InspectorConnection implements Connection {
  readonly #options: InspectorConnectionOptions;
  readonly #outlet: Outlet;
  readonly #requests: RequestQueue<string>;
  readonly #heartbeat: Heartbeat;
  readonly #sessions: SessionNews;
  #keys: KeyNews | undefined;
  #stopTimer: (() => void) | undefined;
  #isTelling = false;

  constructor(options: InspectorConnectionOptions) {
    this.#options = options;
    const { socket, store, limits } = options;
    this.#heartbeat = new Heartbeat(socket, limits);
    this.#sessions = new SessionNews(store);
    this.#outlet = new Outlet({ ...options, onDrained: () => this.#goOn() });
    this.#requests = new RequestQueue({
      socket,
      outlet: this.#outlet,
      maxWaiting: limits.maxFramesInFlight,
      answer: (text) => this.#guard(this.#answer(text)),
    });
    socket.on('message', (data, isBinary) => {
      this.#heartbeat.hear();
      this.#requests.take(isBinary ? '' : textOf(data));
    });
    const unsubscribe = store.subscribe((change) => this.#note(change));
    socket.on('close', () => {
      unsubscribe();
      this.#stopTimer?.();
    });
    this.#greet();
    this.#tellSoon(0);
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  /** Nobody waits for an answer here when the server stops. */
  takeHeard(): boolean {
    return false;
  }

  shut(code: number, reason: string): void {
    this.#outlet.shut(code, reason);
  }

  terminate(): void {
    this.#options.socket.terminate();
  }

  #greet(): void {
    const { clock, serverVersion, maxPayloadBytes } = this.#options;
    const nowMs = Math.round(clock.nowMs());
    this.#send({ type: 'hello', serverVersion, maxPayloadBytes, nowMs });
  }

  #send(event: InspectionEvent): void {
    this.#outlet.send(writeInspectionEvent(event));
  }

  async #answer(text: string): Promise<void> {
    const request = readInspectionRequest(text);
    if (request) await this.#carryOut(request);
    else this.shut(policyViolation, 'Not a request of the inspection contract');
  }

  async #carryOut(request: InspectionRequest): Promise<void> {
    const { store } = this.#options;
    switch (request.type) {
      case 'watch':
        this.#keys = new KeyNews(store, request.id);
        this.#tellSoon(0);
        break;
      case 'unwatch':
        this.#keys = undefined;
        break;
      case 'reveal': {
        const [session] = await store.viewSessions([request.id]);
        this.#send({ type: 'token', id: request.id, token: session?.token ?? null });
        break;
      }
      case 'glance':
        this.#send(await glance(store, request));
        break;
      case 'value': {
        const view = await store.viewKeys(request.id, [request.key]);
        this.#send({ ...request, value: view?.entries.get(request.key) });
        break;
      }
    }
  }

  #note(change: SessionChange): void {
    this.#sessions.note(change);
    if (this.#keys?.id === change.id) this.#keys.note(change);
    this.#tellSoon(gatherMs);
  }

  #goOn(): void {
    this.#requests.goOn();
    this.#tellSoon(0);
  }

  /** One timer for all that is to be told; while telling, {@link #tell} sees to the rest. */
  #tellSoon(delayMs: number): void {
    if (this.#isTelling || this.#outlet.isShut) return;
    if (delayMs === 0) this.#stopTimer?.();
    else if (this.#stopTimer) return;
    this.#stopTimer = this.#options.clock.setTimer(delayMs, () => {
      this.#stopTimer = undefined;
      void this.#guard(this.#tell());
    });
  }

  /** Sends a frame of each kind. One held up goes on when it has read what it was sent. */
  async #tell(): Promise<void> {
    if (this.#outlet.isHeldUp) return;
    this.#isTelling = true;
    let nextDelayMs = 0;
    try {
      if (this.#sessions.hasNews) {
        this.#send(await this.#sessions.next(this.#options.clock.nowMs()));
      }
      if (this.#keys?.hasNews) await this.#tellKeys(this.#keys);
    } catch (error) {
      nextDelayMs = retryMs;
      throw error;
    } finally {
      this.#isTelling = false;
      if (this.#sessions.hasNews || this.#keys?.hasNews) this.#tellSoon(nextDelayMs);
    }
  }

  async #tellKeys(keys: KeyNews): Promise<void> {
    const event = await keys.next();
    if (this.#keys !== keys) return;
    if (event.type === 'gone') this.#keys = undefined;
    this.#send(event);
  }

  #guard(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      this.#options.log.error(`The inspector failed: ${traceOf(error)}`);
    });
  }
}
