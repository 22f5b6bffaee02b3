import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../log.ts';
import type { Limits } from '../sockets/limits.ts';
import { HttpConnections } from './httpConnections.ts';
import { TlsHandshakes } from './tlsHandshakes.ts';
import { securityHeaders } from './securityHeaders.ts';

/** Where to listen; of port 0 the system chooses a free one. */
export interface ListenAddress {
  readonly ip: string;
  readonly port: number;
}

export interface HttpPortOptions {
  readonly limits: Limits;
  readonly log: Log;
  readonly answer: RequestListener;
  /** Absent: the port speaks plain HTTP. */
  readonly tls?: TlsPair | undefined;
}

/** A certificate with its chain, and the key for it, in PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** One port that speaks HTTP, with its limits. */
export class HttpPort {
  readonly server: Server;
  readonly #log: Log;
  readonly #connections: HttpConnections;
  readonly #tlsServer: TlsServer | undefined;
  readonly #handshakes: TlsHandshakes | undefined;
  /** Settles when it accepts no more and nothing is open. */
  #ended: Promise<void> | undefined;

  constructor({ limits, log, answer, tls }: HttpPortOptions) {
    this.#log = log;
    const maxOpen = limits.maxHttpConnections;
    this.#connections = new HttpConnections(maxOpen);
    const options = timeoutsOf(limits);
    this.#tlsServer =
      tls &&
      createTlsServer({
        ...options,
        cert: tls.cert,
        key: tls.key,
        minVersion: 'TLSv1.2',
        handshakeTimeout: limits.requestMs,
      });
    this.#handshakes = this.#tlsServer && new TlsHandshakes(this.#tlsServer, { maxOpen, log });
    this.server = this.#tlsServer ?? createServer(options);
    // With TLS, HTTP begins after the handshake.
    const begun = tls ? 'secureConnection' : 'connection';
    this.server.on(begun, (tcp: Socket) => this.#connections.add(tcp));
    answerRequests(this.server, this.#connections, (request, response) => {
      // Not for each connection: a WebSocket would keep the timer.
      request.socket.setTimeout(limits.answerMs);
      answer(request, response);
    });
  }

  /** @returns The port. Rejects when it is taken. */
  listen({ ip, port }: ListenAddress): Promise<number> {
    const { server } = this;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, ip, () => {
        server.off('error', reject);
        // A connection that could not be accepted (no descriptors left …) is no reason to end.
        server.on('error', (error) => this.#log.error(`A connection was lost: ${error.message}`));
        resolve((server.address() as AddressInfo).port); // Listening on TCP, so not a pipe's name.
      });
    });
  }

  /** Connections from now on get this certificate; those that are open stay. Does nothing without TLS. */
  renewCertificate(pair: TlsPair): void {
    this.#tlsServer?.setSecureContext({ cert: pair.cert, key: pair.key, minVersion: 'TLSv1.2' });
  }

  /** A connection wants to become a WebSocket. */
  beginUpgrade(tcp: Socket): void {
    this.#connections.beginUpgrade(tcp);
  }

  /** A connection has become a WebSocket. */
  release(tcp: Socket): void {
    this.#connections.release(tcp);
  }

  /** Accepts no more. Connections that are open stay until {@link close}. */
  stopAccepting(): void {
    this.#ended ??= new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }

  /** Drops all that is no WebSocket. Settles when nothing is open any more. */
  async close(): Promise<void> {
    this.stopAccepting();
    this.#connections.destroyAll();
    this.#handshakes?.destroyAll();
    await this.#ended;
  }
}

function timeoutsOf(limits: Limits): ServerOptions {
  return {
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
  };
}

/** Answers what is a request, and refuses what is none. */
function answerRequests(server: Server, http: HttpConnections, answer: RequestListener): void {
  server.on('request', (request, response) => {
    const { socket } = request;
    http.noteRequest(socket, 1);
    response.once('close', () => http.noteRequest(socket, -1));
    answer(request, response);
  });
  server.on('connect', (request) => refuse(request.socket, 405));
  server.on('clientError', (error: Error & { code?: string }, stream) => {
    const tcp = stream as Socket; // The sockets of an HTTP server over TCP are TCP sockets.
    // In the middle of an answer a second one would be read as a part of it.
    if (!tcp.writable || http.isBusy(tcp)) tcp.destroy();
    else refuse(tcp, statusOfFault(error.code));
  });
}

function statusOfFault(code: string | undefined): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

/** Answers on a bare connection, where there is no response of the HTTP server, and ends it. */
export function refuse(tcp: Socket, status: number): void {
  const headers = Object.entries({
    ...securityHeaders,
    Connection: 'close',
    'Content-Length': '0',
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  tcp.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`, () => tcp.destroy());
}
