import type { StoreApi } from 'zustand/vanilla';
import type { ConnectedClient, InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

/** A connection to the data socket, and how much it asks. */
export interface ClientRow extends ConnectedClient {
  readonly operationsPerSecond: number;
  /** How long it has been open, by the server's clock. */
  readonly openSec: number;
}

export interface ClientsState {
  readonly clients:
    | { readonly state: 'waiting' }
    | { readonly state: 'known'; readonly rows: readonly ClientRow[] }
    /** The right that is missing; absent: the key is not for all sessions. */
    | { readonly state: 'refused'; readonly right: Right | undefined };
  /** What became of the last cut. */
  readonly cut:
    | {
        readonly connection: number;
        readonly server: string | undefined;
        readonly wasOpen: boolean | undefined;
      }
    | undefined;
}

const none: ClientsState = { clients: { state: 'waiting' }, cut: undefined };

/** The connections of a server, while somebody looks at them. */
export class ClientList implements InspectionPart {
  readonly store: StoreApi<ClientsState>;
  readonly #frames: FrameStore<ClientsState>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  #rows = new Map<number, ClientRow>();
  #number = 0;
  /** By the server's clock; undefined: there was no frame yet. */
  #lastFrameMs: number | undefined;

  constructor(
    inspector: Pick<Inspector, 'ask' | 'add'>,
    onNextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    this.#inspector = inspector;
    this.#frames = new FrameStore(none, onNextFrame);
    this.store = this.#frames.store;
  }

  /** @returns Ends the looking. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#inspector.ask({ type: 'unclients' });
    };
  }

  onLive(): void {
    this.#number += 1;
    this.#rows.clear();
    this.#lastFrameMs = undefined;
    this.#inspector.ask({ type: 'clients', number: this.#number });
  }

  /** @returns false when there is no connection to ask over. */
  cut(connection: number, reason: string): boolean {
    this.#frames.changeNow({ cut: undefined });
    return this.#inspector.ask({ type: 'cut', connection, reason });
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'clients' && event.number === this.#number) this.#take(event);
    if (event.type === 'cut') {
      const { connection, server, wasOpen } = event;
      this.#frames.change({ cut: { connection, server, wasOpen } });
    }
    if (event.type === 'refused' && event.request === 'clients' && event.number === this.#number) {
      this.#frames.change({ clients: { state: 'refused', right: event.right } });
    }
  }

  #take({ nowMs, connections, changed }: Extract<InspectionEvent, { type: 'clients' }>): void {
    const tookSec = this.#lastFrameMs === undefined ? 0 : (nowMs - this.#lastFrameMs) / 1000;
    this.#lastFrameMs = nowMs;
    const news = new Map(changed.map((client) => [client.connection, client]));
    const rows = connections.flatMap((connection) => {
      const before = this.#rows.get(connection);
      const client = news.get(connection) ?? before;
      if (!client) return [];
      const asked = client.commands - (before?.commands ?? 0);
      const operationsPerSecond = tookSec > 0 ? asked / tookSec : 0;
      const openSec = Math.max(0, Math.floor((nowMs - client.openedAtMs) / 1000));
      return [{ ...client, operationsPerSecond, openSec }];
    });
    this.#rows = new Map(rows.map((row) => [row.connection, row]));
    this.#frames.change({ clients: { state: 'known', rows } });
  }
}
