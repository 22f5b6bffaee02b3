import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import {
  readInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { Log } from '../log.ts';
import type { Connections } from '../sockets/connections.ts';
import { ClientTable } from './clients/clientTable.ts';
import { cutClient } from './clients/cutClient.ts';
import type { InspectionHub } from './hub.ts';
import { CommandStream } from './stream/commandStream.ts';
import type { Watch } from './watch.ts';
import { writeServerMessage, type Ask } from './servers/serverMessages.ts';

/** What nobody has asked for again for so long is not watched any more, in milliseconds. */
const servedMs = 5_000;

/** Watches for inspectors of other servers at most; one more is not begun. */
const maxServed = 100;

export interface ServedParts {
  readonly hub: InspectionHub;
  readonly clock: Clock;
  readonly log: Log;
  readonly peers: Pick<Connections, 'clients' | 'cut'>;
  /** Sends to the server of an id. */
  readonly send: (id: string, text: string) => void;
  /** Id of this server. */
  readonly id: string;
}

type WatchRequest = Extract<InspectionRequest, { type: 'stream' | 'clients' }>;

interface Served {
  readonly watch: Watch;
  readonly close: () => void;
  askedAtMs: number;
}

/** What inspectors of other servers watch of this one. Their servers have checked what they may. */
export class ServedWatches {
  readonly #parts: ServedParts;
  readonly #served = new Map<string, Served>();
  #stopTimer: (() => void) | undefined;

  constructor(parts: ServedParts) {
    this.#parts = parts;
  }

  take(ask: Ask): void {
    const request = readInspectionRequest(ask.request);
    if (request?.type === 'cut') {
      const { peers, log } = this.#parts;
      const address = `another server (${ask.from})`;
      this.#send(ask, 1, cutClient(request, { peers, log, address }));
    } else if (request?.type === 'stream' || request?.type === 'clients') {
      const known = this.#served.get(keyOf(ask));
      if (known) this.#renew(known, ask);
      else if (this.#served.size < maxServed) this.#begin(ask, request);
    }
  }

  end(ask: Pick<Ask, 'from' | 'number'>): void {
    this.#served.get(keyOf(ask))?.close();
    this.#served.delete(keyOf(ask));
  }

  close(): void {
    this.#stopTimer?.();
    for (const { close } of this.#served.values()) close();
    this.#served.clear();
  }

  #renew(known: Served, { isWhole = false }: Ask): void {
    known.askedAtMs = this.#parts.clock.nowMs();
    if (isWhole) known.watch.sendAll?.();
  }

  #begin(ask: Ask, request: WatchRequest): void {
    const held = this.#parts.hub.scopes.open(ask.within);
    let sequence = 0;
    const onDue = () => {
      void this.#sendAll(watch, (event) => this.#send(ask, (sequence += 1), event));
    };
    const watch = this.#watchFor(request, { includes: held.scope.includes, onDue });
    const close = () => {
      watch.close?.();
      held.close();
    };
    this.#served.set(keyOf(ask), { watch, close, askedAtMs: this.#parts.clock.nowMs() });
    if (watch.hasChanges) onDue();
    this.#expireLater();
  }

  #watchFor(
    request: WatchRequest,
    own: { includes: ((id: string) => boolean) | undefined; onDue: () => void },
  ): Watch {
    const { hub, clock, peers } = this.#parts;
    const { commands, idOf } = hub;
    const shared = { clock, commands, ...own };
    return request.type === 'stream'
      ? new CommandStream(request, { ...shared, idOf })
      : new ClientTable(request.number, { ...shared, clients: () => peers.clients() });
  }

  async #sendAll(watch: Watch, send: (event: InspectionEvent) => void): Promise<void> {
    while (watch.hasChanges) {
      const event = await watch.next();
      if (event) send(event);
    }
  }

  #send({ from, number }: Ask, sequence: number, event: InspectionEvent): void {
    const { send, id } = this.#parts;
    const text = writeInspectionEvent(event);
    send(from, writeServerMessage({ type: 'answer', from: id, number, sequence, event: text }));
  }

  #expireLater(): void {
    const { clock } = this.#parts;
    this.#stopTimer ??= clock.setTimer(() => {
      this.#stopTimer = undefined;
      for (const [key, { close, askedAtMs }] of this.#served) {
        if (clock.nowMs() - askedAtMs < servedMs) continue;
        close();
        this.#served.delete(key);
      }
      if (this.#served.size > 0) this.#expireLater();
    }, servedMs);
  }
}

function keyOf({ from, number }: Pick<Ask, 'from' | 'number'>): string {
  return `${from} ${number}`;
}
