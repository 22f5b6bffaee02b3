import type { StoreApi } from 'zustand/vanilla';
import type { ConnectedClient, InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

/** A connection to the data socket, and how much it asks. */
export interface ClientRow extends ConnectedClient {
  /** Numbers of connections are those of their server. */
  readonly id: number;
  /** Name of the server that has it; absent: there is only one. */
  readonly server: string | undefined;
  readonly operationsPerSecond: number;
  /** How long it has been open, by the server's clock. */
  readonly openSec: number;
}

type ClientsEvent = Extract<InspectionEvent, { type: 'clients' }>;
type CutEvent = Extract<InspectionEvent, { type: 'cut' }>;

export interface ClientsState {
  readonly clients:
    | { readonly state: 'waiting' }
    | {
        readonly state: 'known';
        readonly rows: readonly ClientRow[];
        /** Whether they are connected to several servers that share their sessions. */
        readonly areOfSeveral: boolean;
      }
    /** The right that is missing; absent: the key is not for all sessions. */
    | { readonly state: 'refused'; readonly right: Right | undefined };
  /** What became of the last cut. */
  readonly cut: Omit<CutEvent, 'type'> | undefined;
}

/** What is known of the clients of one server. */
interface OneServer {
  readonly rows: ReadonlyMap<number, ClientRow>;
  /** By its clock. */
  readonly frameMs: number;
}

const none: ClientsState = { clients: { state: 'waiting' }, cut: undefined };

/** The connections of all servers that share their sessions, while somebody looks at them. */
export class ClientList implements InspectionPart {
  readonly store: StoreApi<ClientsState>;
  readonly #frames: FrameStore<ClientsState>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  readonly #servers = new Map<string | undefined, OneServer>();
  #number = 0;
  #lastId = 0;

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
    this.#servers.clear();
    this.#inspector.ask({ type: 'clients', number: this.#number });
  }

  /** @returns false when there is no connection to ask over. */
  cut({ connection, server }: Pick<ClientRow, 'connection' | 'server'>, reason: string): boolean {
    this.#frames.changeNow({ cut: undefined });
    return this.#inspector.ask({ type: 'cut', connection, server, reason });
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

  #take(event: ClientsEvent): void {
    const { server, nowMs } = event;
    const known = this.#servers.get(server);
    this.#servers.set(server, { rows: this.#rowsOf(event, known), frameMs: nowMs });
    const rows = [...this.#servers.values()].flatMap((one) => [...one.rows.values()]);
    const areOfSeveral = this.#servers.size > 1;
    this.#frames.change({ clients: { state: 'known', rows, areOfSeveral } });
  }

  #rowsOf(
    { server, nowMs, connections, changed }: ClientsEvent,
    known: OneServer | undefined,
  ): Map<number, ClientRow> {
    const news = new Map(changed.map((client) => [client.connection, client]));
    const rows = new Map<number, ClientRow>();
    for (const connection of connections) {
      const before = known?.rows.get(connection);
      const client = news.get(connection) ?? before;
      if (!client) continue;
      const asked = client.commands - (before?.commands ?? 0);
      const operationsPerSecond = ratePerSecond(asked, known && nowMs - known.frameMs);
      const openSec = Math.max(0, Math.floor((nowMs - client.openedAtMs) / 1000));
      const id = before?.id ?? this.#newId();
      rows.set(connection, { ...client, id, server, operationsPerSecond, openSec });
    }
    return rows;
  }

  #newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** @param tookMs Undefined: it is not known for how long. */
function ratePerSecond(count: number, tookMs: number | undefined): number {
  return tookMs === undefined || tookMs <= 0 ? 0 : (count / tookMs) * 1000;
}
