import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import {
  readInspectionRequest,
  writeInspectionEvent,
  type InspectionRequest,
} from '../../protocol/inspection.ts';
import type { Clock } from '../clock.ts';
import { traceOf, type Log } from '../log.ts';
import type { Connection } from '../transport/connections.ts';
import type { Limits } from '../transport/limits.ts';
import { Outlet } from '../transport/outlet.ts';
import { textOf } from '../transport/textOf.ts';
import type { InspectorFeed, Watcher } from './inspectorFeed.ts';

/** WebSocket close code "policy violation": what came is no request of the contract. */
const policyViolation = 1008;

export interface InspectorConnectionOptions {
  readonly socket: WebSocket;
  readonly tcp: Socket;
  readonly feed: InspectorFeed;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly serverVersion: string;
  readonly maxPayloadBytes: number;
}

/** One inspector: hears about every session, asks about one. */
export class InspectorConnection implements Connection {
  readonly #options: InspectorConnectionOptions;
  readonly #outlet: Outlet;
  readonly #watcher: Watcher;
  #silentBeats = 0;

  constructor(options: InspectorConnectionOptions) {
    this.#options = options;
    const { socket, feed, clock, serverVersion, maxPayloadBytes } = options;
    this.#outlet = new Outlet({ ...options, onDrained: () => undefined });
    this.#watcher = {
      send: (event) => this.#outlet.send(writeInspectionEvent(event)),
      isHeldUp: () => this.#outlet.isHeldUp,
    };
    socket.on('message', (data, isBinary) => this.#take(isBinary ? '' : textOf(data)));
    socket.on('pong', () => (this.#silentBeats = 0));
    socket.on('close', () => feed.remove(this.#watcher));
    const nowMs = Math.round(clock.nowMs());
    this.#watcher.send({ type: 'hello', serverVersion, maxPayloadBytes, nowMs });
    this.#run(feed.add(this.#watcher));
  }

  beat(): void {
    const { socket, limits } = this.#options;
    this.#silentBeats += 1;
    if (this.#silentBeats > limits.maxSilentBeats) socket.terminate();
    else socket.ping();
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

  #take(text: string): void {
    this.#silentBeats = 0;
    const request = readInspectionRequest(text);
    if (request) this.#run(this.#answer(request));
    else this.shut(policyViolation, 'Not a request of the inspection contract');
  }

  async #answer(request: InspectionRequest): Promise<void> {
    const { feed } = this.#options;
    switch (request.type) {
      case 'watch':
        feed.watch(this.#watcher, request.id);
        break;
      case 'unwatch':
        feed.watch(this.#watcher, undefined);
        break;
      case 'reveal':
        await feed.reveal(this.#watcher, request.id);
        break;
      case 'value':
        await feed.value(this.#watcher, request);
        break;
    }
  }

  #run(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#options.log.error(`The inspector failed: ${traceOf(error)}`),
    );
  }
}
