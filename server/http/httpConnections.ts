import type { Socket } from 'node:net';
import { addressGroupOf, countBy } from '../sockets/addressGroup.ts';

interface Guest {
  readonly tcp: Socket;
  readonly group: string;
  /** Requests that are being answered. */
  requests: number;
}

/**
 * TCP connections that are no WebSockets. When there are too many, the oldest one on which no request is
 * being answered is dropped, of the address that has the most.
 */
export class HttpConnections {
  readonly #maxOpen: number;
  readonly #open = new Map<Socket, Guest>();

  constructor(maxOpen: number) {
    this.#maxOpen = maxOpen;
  }

  add(tcp: Socket): void {
    this.#open.set(tcp, { tcp, group: addressGroupOf(tcp.remoteAddress), requests: 0 });
    tcp.once('close', () => this.release(tcp));
    if (this.#open.size > this.#maxOpen) this.#dropOne(tcp);
  }

  /** It has gone, or has become a WebSocket. */
  release(tcp: Socket): void {
    this.#open.delete(tcp);
  }

  /** @param step 1 when a request begins, -1 when it is answered. */
  noteRequest(tcp: Socket, step: 1 | -1): void {
    const guest = this.#open.get(tcp);
    if (guest) guest.requests += step;
  }

  /** Whether a request is being answered. */
  isBusy(tcp: Socket): boolean {
    return (this.#open.get(tcp)?.requests ?? 0) > 0;
  }

  destroyAll(): void {
    for (const tcp of this.#open.keys()) tcp.destroy();
  }

  #dropOne(newcomer: Socket): void {
    const guests = [...this.#open.values()].filter(({ tcp }) => tcp !== newcomer);
    const silent = guests.filter(({ requests }) => requests === 0);
    const counts = countBy(guests, ({ group }) => group);
    const countOf = ({ group }: Guest) => counts.get(group) ?? 0;
    // Oldest first, so of equals the oldest.
    const victim = busiest(silent, countOf) ?? this.#greedyOne(guests, newcomer, countOf);
    const dropped = victim?.tcp ?? newcomer;
    this.release(dropped);
    dropped.destroy();
  }

  /** All are busy: who has more than the newcomer gives one up. */
  #greedyOne(
    guests: readonly Guest[],
    newcomer: Socket,
    countOf: (guest: Guest) => number,
  ): Guest | undefined {
    const own = this.#open.get(newcomer);
    const most = busiest(guests, countOf);
    return own && most && countOf(most) > countOf(own) + 1 ? most : undefined;
  }
}

function busiest(guests: readonly Guest[], countOf: (guest: Guest) => number): Guest | undefined {
  return guests.reduce<Guest | undefined>(
    (one, other) => (one === undefined || countOf(other) > countOf(one) ? other : one),
    undefined,
  );
}
