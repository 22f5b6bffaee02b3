import { readAddress } from '../connection/page/address.ts';
import type { Connection } from '../connection/page/connection.ts';
import { Inspector } from './inspector.ts';
import type { InspectorDeps } from './inspectionLink.ts';

/** A server whose sessions a tab may show. */
export interface InspectedServer {
  /** `ws://127.0.0.1:1987`, without a path. */
  readonly address: string;
  readonly inspector: Inspector;
  /** This page did not come from it: only its inspection key lets the page look. */
  readonly isForeign: boolean;
}

export interface InspectedServersDeps extends Pick<
  InspectorDeps,
  'nowMs' | 'setTimer' | 'onNextFrame'
> {
  /** WebSocket address of the server that handed out this page. */
  readonly homeUrl: string;
  /** @returns The JSON text of this page's `GET /inspect/ticket`. */
  readonly fetchTicket: () => Promise<string>;
  /** @returns The JSON text of `GET /healthz`. */
  readonly fetchHealth: () => Promise<string>;
  readonly makeSocket: (url: string, protocols: string[]) => WebSocket;
}

/** Most servers that are kept; beyond it the one that was asked for longest ago is ended. */
const maxServers = 20;
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

type ConnectionParts = Pick<Connection, 'store'>;

/** One inspector for each server that a tab connects to. None of them starts without being asked. */
export class InspectedServers {
  readonly home: InspectedServer;
  readonly #deps: InspectedServersDeps;
  readonly #others = new Map<string, InspectedServer>();

  constructor(deps: InspectedServersDeps) {
    this.#deps = deps;
    this.home = this.#make(serverAddress(deps.homeUrl) ?? deps.homeUrl);
  }

  /** The server of a tab: the one that it is, or was last, connected to. Before that: our own. */
  of({ store }: ConnectionParts): InspectedServer {
    const { handshake } = store.getState();
    const address = handshake && serverAddress(handshake.url);
    return address === undefined ? this.home : this.#at(address);
  }

  /**
   * Who knows the sessions that a message of this tab would reach.
   * @returns undefined when the tab's address was changed since it was last connected.
   */
  reachedBy(connection: ConnectionParts): Inspector | undefined {
    const server = this.of(connection);
    const isThere = serverAddress(connection.store.getState().url) === server.address;
    return isThere ? server.inspector : undefined;
  }

  #at(address: string): InspectedServer {
    if (address === this.home.address) return this.home;
    const server = this.#others.get(address) ?? this.#make(address);
    this.#others.delete(address);
    this.#others.set(address, server);
    const [oldest] = this.#others.values();
    if (oldest && this.#others.size > maxServers) {
      this.#others.delete(oldest.address);
      oldest.inspector.dispose();
    }
    return server;
  }

  #make(address: string): InspectedServer {
    const { homeUrl, fetchTicket, fetchHealth, makeSocket, ...deps } = this.#deps;
    // Another name of this machine may be another server: only the one that gave the ticket takes it.
    const isForeign = !isSameServer(address, serverAddress(homeUrl) ?? homeUrl);
    const inspector = new Inspector({
      ...deps,
      ...(isForeign ? {} : { fetchTicket, fetchHealth }),
      makeSocket: (protocols) => makeSocket(`${address}/inspect`, protocols),
    });
    return { address, inspector, isForeign };
  }
}

/**
 * Scheme, host and port of a WebSocket URL.
 * @returns undefined when it is none.
 */
function serverAddress(url: string): string | undefined {
  const address = readAddress(url, undefined);
  if (!address.ok) return undefined;
  const { protocol, host } = new URL(address.value);
  return `${protocol}//${host}`;
}

/** A server on this machine has several names. */
function isSameServer(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [new URL(one), new URL(other)];
  const areLocal = loopbackNames.has(a.hostname) && loopbackNames.has(b.hostname);
  return areLocal && a.port === b.port && a.protocol === b.protocol;
}
