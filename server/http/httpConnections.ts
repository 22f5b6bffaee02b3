import type { Socket } from 'node:net';
import { addressGroupOf, countBy } from '../sockets/addressGroup.ts';

interface HttpConnection {
  readonly tcp: Socket;
  readonly group: string;
  /** Requests that are being answered. */
  requests: number;
}

/**
 * TCP connections that are no WebSockets. Of those that do not want to become one there is a limit: when there are too many, the oldest one on which no request is
 * being answered is dropped, of the address that has the most.
 */
export class HttpConnections {
  readonly #maxOpen: number;
  readonly #open = new Map<Socket, HttpConnection>();
  /** Those that want to become WebSockets, and those that are being refused it. */
  readonly #upgrading = new Set<Socket>();

  /** One for all: WebSockets stay open for long and should keep nothing of HTTP. */
  readonly #onClose: (this: Socket) => void;

  constructor(maxOpen: number) {
    this.#maxOpen = maxOpen;
    const release = (tcp: Socket) => this.release(tcp);
    this.#onClose = function closed(this: Socket) {
      release(this);
    };
  }

  add(tcp: Socket): void {
    const group = addressGroupOf(tcp.remoteAddress);
    this.#open.set(tcp, { tcp, group, requests: 0 });
    tcp.on('close', this.#onClose);
    if (this.#open.size > this.#maxOpen) this.#dropOne(tcp);
  }

  /** It has gone, or has become a WebSocket. */
  release(tcp: Socket): void {
    tcp.off('close', this.#onClose);
    this.#open.delete(tcp);
    this.#upgrading.delete(tcp);
  }

  /** It is dropped for no other any more. Does nothing when it has gone. */
  beginUpgrade(tcp: Socket): void {
    if (this.#open.delete(tcp)) this.#upgrading.add(tcp);
  }

  /** @param step 1 when a request begins, -1 when it is answered. */
  noteRequest(tcp: Socket, step: 1 | -1): void {
    const connection = this.#open.get(tcp);
    if (connection) connection.requests += step;
  }

  /** Whether a request is being answered. */
  isBusy(tcp: Socket): boolean {
    return (this.#open.get(tcp)?.requests ?? 0) > 0;
  }

  destroyAll(): void {
    for (const tcp of [...this.#open.keys(), ...this.#upgrading]) tcp.destroy();
  }

  #dropOne(newcomer: Socket): void {
    const others = [...this.#open.values()].filter(({ tcp }) => tcp !== newcomer);
    const silent = others.filter(({ requests }) => requests === 0);
    const counts = countBy(others, ({ group }) => group);
    const countOf = ({ group }: HttpConnection) => counts.get(group) ?? 0;
    // Oldest first, so of equals the oldest.
    const victim = busiest(silent, countOf) ?? this.#oneOfTheMost(others, newcomer, countOf);
    const dropped = victim?.tcp ?? newcomer;
    this.release(dropped);
    dropped.destroy();
  }

  /** All are busy: who has more than the newcomer gives one up. */
  #oneOfTheMost(
    others: readonly HttpConnection[],
    newcomer: Socket,
    countOf: (connection: HttpConnection) => number,
  ): HttpConnection | undefined {
    const own = this.#open.get(newcomer);
    const most = busiest(others, countOf);
    return own && most && countOf(most) > countOf(own) + 1 ? most : undefined;
  }
}

function busiest(
  others: readonly HttpConnection[],
  countOf: (connection: HttpConnection) => number,
): HttpConnection | undefined {
  return others.reduce<HttpConnection | undefined>(
    (one, other) => (one === undefined || countOf(other) > countOf(one) ? other : one),
    undefined,
  );
}
