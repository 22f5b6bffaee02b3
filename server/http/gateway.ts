import {
  createServer as createHttpServer,
  STATUS_CODES,
  type Server,
  type ServerOptions,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../../protocol/clock.ts';
import { traceOf, type Log } from '../log.ts';
import { Connections } from '../sockets/connections.ts';
import { createAdmission } from './admission.ts';
import { HttpConnections } from './httpConnections.ts';
import { HostPolicy, type HostPolicyOptions } from './hostPolicy.ts';
import { InspectionAccess, type InspectionProof } from '../inspection/access.ts';
import type { Limits } from '../sockets/limits.ts';
import { SharedState } from '../sockets/sharedState.ts';
import { securityHeaders } from './securityHeaders.ts';
import { createSite } from './site.ts';
import type { SiteFiles } from './siteFiles.ts';
import { createUpgrades, type UpgradeOptions } from '../sockets/upgrades.ts';

export interface GatewayOptions
  extends
    HostPolicyOptions,
    Pick<UpgradeOptions, 'maxPayloadBytes' | 'connectData' | 'connectInspector'> {
  readonly inspection: InspectionProof;
  /** The built console; undefined where it is not built. */
  readonly files: SiteFiles | undefined;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** @returns JSON text for `/healthz`. */
  readonly health: (connections: number) => Promise<string>;
  /** At shutdown: ends what still runs when the time for answers is over, and answers it. */
  readonly endWork?: () => Promise<void>;
}

/** One port for everything: data sockets, the inspection socket and the console's files. */
export interface Gateway {
  /** @returns The port, as the system chose it when 0 was asked for. Rejects when it is taken. */
  listen(address: { ip: string; port: number }): Promise<number>;
  /** Takes no more, answers what has arrived, closes everything. Takes well under 2 s. */
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, limits, log } = options;
  const shared = new SharedState({ clock, limits, log });
  const connections = new Connections({ clock, limits, log, shared });
  const http = new HttpConnections(limits.maxHttpConnections);
  const policy = new HostPolicy(options);
  const access = new InspectionAccess(options.inspection);
  const health = () => options.health(connections.size);
  const server = createHttpServer(timeoutsOf(limits));
  server.on('connection', (tcp: Socket) => http.add(tcp));
  server.setTimeout(limits.answerMs);
  answerRequests(server, http, createSite({ ...options, policy, access, health }));
  const onAccepted = (tcp: Socket) => http.release(tcp);
  const admit = createAdmission({ policy, access, log });
  const upgrade = createUpgrades({ ...options, admit, refuse, connections, shared, onAccepted });
  server.on('upgrade', (request, _stream, head) => {
    // The sockets of an HTTP server over TCP are TCP sockets.
    guardTcp(log, request.socket, () => upgrade(request, request.socket, head));
  });
  return {
    listen: ({ ip, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, ip, () => {
          server.off('error', reject);
          // A connection that could not be accepted (no descriptors left …) is no reason to end.
          server.on('error', (error) => log.error(`A connection was lost: ${error.message}`));
          connections.startBeating();
          resolve((server.address() as AddressInfo).port); // Listening on TCP, so not a pipe's name.
        });
      }),
    close: async () => {
      const stopped = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await connections.shutDown(options.endWork ?? (() => Promise.resolve()));
      http.destroyAll();
      await stopped;
    },
  };
}

function timeoutsOf(limits: Limits): ServerOptions {
  return {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.timeoutCheckMs,
  };
}

/** Answers what is a request, and refuses what is none. */
function answerRequests(
  server: Server,
  http: HttpConnections,
  answer: ReturnType<typeof createSite>,
): void {
  server.on('request', (request, response) => {
    const { socket } = request;
    http.noteRequest(socket, 1);
    response.once('close', () => http.noteRequest(socket, -1));
    answer(request, response);
  });
  server.on('connect', (request) => refuse(request.socket, 405));
  server.on('clientError', (error: Error & { code?: string }, stream) => {
    const tcp = stream as Socket; // As above.
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
function refuse(tcp: Socket, status: number): void {
  const headers = Object.entries({
    ...securityHeaders,
    Connection: 'close',
    'Content-Length': '0',
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  tcp.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`, () => tcp.destroy());
}

/** What fails ends the connection, and nothing else. */
function guardTcp(log: Log, tcp: Socket, work: () => void): void {
  try {
    work();
  } catch (error) {
    log.error(`An upgrade failed: ${traceOf(error)}`);
    tcp.destroy();
  }
}
