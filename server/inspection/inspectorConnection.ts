import {
  readInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Clock } from '../clock.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { traceOf, type Log } from '../log.ts';
import { closeReasons, type CloseReason } from '../sockets/closeReasons.ts';
import type { Connection } from '../sockets/connections.ts';
import { Heartbeat } from '../sockets/heartbeat.ts';
import type { Limits } from '../sockets/limits.ts';
import { bufferOf } from '../sockets/bufferOf.ts';
import { Outlet } from '../sockets/outlet.ts';
import { RequestQueue } from '../sockets/requestQueue.ts';
import type { Accepted } from '../sockets/upgrades.ts';
import type { InspectionHub } from './hub.ts';
import { KeyDelta } from './keyDelta.ts';
import { peek } from './peek.ts';
import { SessionDelta } from './sessionDelta.ts';
import { StoreRefusal, valueOf } from './valueOf.ts';

/** Changes are gathered for so long, so that a busy store costs a few frames a second. */
export const gatherMs = 80;

/** After a failure of the store, it is asked again after so long. */
const retryMs = 1000;

export interface InspectorConnectionOptions extends Accepted {
  readonly store: SessionStore;
  readonly hub: InspectionHub;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly serverVersion: string;
  readonly maxPayloadBytes: number;
}

/**
 * One inspector: is sent every session and the keys of one, and changes none. One that reads slowly
 * is sent less often; meanwhile only names wait for it.
 */
export class InspectorConnection implements Connection {
  readonly #options: InspectorConnectionOptions;
  readonly #outlet: Outlet;
  readonly #requests: RequestQueue<string>;
  readonly #heartbeat: Heartbeat;
  readonly #sessions: SessionDelta;
  #keys: KeyDelta | undefined;
  #stopTimer: (() => void) | undefined;
  #isPushing = false;

  constructor(options: InspectorConnectionOptions) {
    this.#options = options;
    const { socket, store, hub, limits } = options;
    this.#heartbeat = new Heartbeat(socket, limits);
    this.#sessions = new SessionDelta(store);
    this.#outlet = new Outlet({ ...options, onDrained: () => this.#resume() });
    this.#requests = new RequestQueue({
      ...options,
      outlet: this.#outlet,
      sizeOf: (text) => text.length,
      answer: (text) => this.#guard(this.#answer(text)),
    });
    socket.on('message', (data, isBinary) =>
      this.#outlet.guard(() => {
        this.#heartbeat.hear();
        this.#requests.take(isBinary ? '' : bufferOf(data).toString());
      }),
    );
    const unsubscribe = hub.subscribe((change) => this.#mark(change));
    socket.on('close', () => {
      unsubscribe();
      this.#stopTimer?.();
    });
    this.#greet();
    this.#pushSoon(0);
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  /** Nothing here has to be answered before the server stops. */
  takeHeard(): boolean {
    return false;
  }

  shut(reason: CloseReason): void {
    this.#outlet.shut(reason);
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
    else this.shut(closeReasons.notInspection);
  }

  async #carryOut(request: InspectionRequest): Promise<void> {
    const { store } = this.#options;
    switch (request.type) {
      case 'watch':
        this.#keys = new KeyDelta(store, request.id);
        this.#pushSoon(0);
        break;
      case 'unwatch':
        this.#keys = undefined;
        break;
      case 'reveal': {
        const [session] = valueOf(await store.viewSessions([request.id]));
        this.#send({ type: 'token', id: request.id, token: session?.token ?? null });
        break;
      }
      case 'peek':
        this.#send(await peek(store, request));
        break;
      case 'value': {
        const view = valueOf(await store.viewKeys(request.id, [request.key]));
        this.#send({ ...request, value: view?.entries.get(request.key) });
        break;
      }
    }
  }

  #mark(change: Change | Gap): void {
    this.#sessions.mark(change);
    this.#keys?.mark(change);
    this.#pushSoon(gatherMs);
  }

  #resume(): void {
    this.#requests.goOn();
    this.#pushSoon(0);
  }

  /** One timer for all that is to be sent; while sending, {@link #push} sets the next one. */
  #pushSoon(delayMs: number): void {
    if (this.#isPushing || this.#outlet.isShut) return;
    if (delayMs === 0) this.#stopTimer?.();
    else if (this.#stopTimer) return;
    this.#stopTimer = this.#options.clock.setTimer(delayMs, () => {
      this.#stopTimer = undefined;
      void this.#guard(this.#push());
    });
  }

  /** Sends a frame of each kind. A slow reader gets the next when it has read what it was sent. */
  async #push(): Promise<void> {
    if (this.#outlet.isHeldUp) return;
    this.#isPushing = true;
    let nextDelayMs = 0;
    try {
      if (this.#sessions.hasChanges) {
        this.#send(await this.#sessions.next(this.#options.clock.nowMs()));
      }
      if (this.#keys?.hasChanges) await this.#pushKeys(this.#keys);
    } catch (error) {
      nextDelayMs = retryMs;
      throw error;
    } finally {
      this.#isPushing = false;
      if (this.#sessions.hasChanges || this.#keys?.hasChanges) this.#pushSoon(nextDelayMs);
    }
  }

  async #pushKeys(keys: KeyDelta): Promise<void> {
    const event = await keys.next();
    if (this.#keys !== keys) return;
    if (event.type === 'gone') this.#keys = undefined;
    this.#send(event);
  }

  #guard(work: Promise<void>): Promise<void> {
    return work.catch((error: unknown) => {
      if (error instanceof StoreRefusal) this.#options.log.warn(error.message);
      else this.#options.log.error(`The inspector failed: ${traceOf(error)}`);
    });
  }
}
