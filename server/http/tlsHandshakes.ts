import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Log } from '../log.ts';

/** Most kinds of failure that are logged. */
const maxLogged = 20;

const plainAnswer =
  'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n' +
  'This port speaks TLS: use https:// or wss://.\n';

/**
 * Connections in the middle of their TLS handshake. There is a limit to them as to those of HTTP, which
 * begin after it: beyond it, the oldest is dropped.
 */
export class TlsHandshakes {
  readonly #maxOpen: number;
  readonly #log: Log;
  readonly #open = new Map<string, Socket>();
  readonly #logged = new Set<string>();

  constructor(server: Server, { maxOpen, log }: { readonly maxOpen: number; readonly log: Log }) {
    this.#maxOpen = maxOpen;
    this.#log = log;
    server.on('connection', (tcp: Socket) => this.#add(tcp));
    server.on('secureConnection', (socket) => this.#open.delete(keyOf(socket)));
    server.on('tlsClientError', (error, socket) => this.#fail(error, socket));
  }

  destroyAll(): void {
    for (const tcp of this.#open.values()) tcp.destroy();
  }

  #add(tcp: Socket): void {
    const key = keyOf(tcp);
    const [oldest] = this.#open.values();
    if (this.#open.size >= this.#maxOpen) oldest?.destroy();
    this.#open.set(key, tcp);
    tcp.once('close', () => {
      if (this.#open.get(key) === tcp) this.#open.delete(key);
    });
  }

  #fail(error: Error & { readonly code?: string }, socket: TLSSocket): void {
    const isPlainHttp = error.code === 'ERR_SSL_HTTP_REQUEST';
    // Written past TLS, so that the other side learns why.
    if (isPlainHttp) this.#open.get(keyOf(socket))?.write(plainAnswer);
    socket.destroy();
    this.#logOnce(isPlainHttp ? 'plain HTTP on the port for TLS' : (error.code ?? 'unknown'));
  }

  #logOnce(reason: string): void {
    if (this.#logged.size >= maxLogged || this.#logged.has(reason)) return;
    this.#logged.add(reason);
    this.#log.info(`A TLS handshake failed: ${reason}. This is logged once.`);
  }
}

/** The same for a connection and for TLS on top of it. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
