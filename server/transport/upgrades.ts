import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { inspectionProtocol } from '../../protocol/inspection.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { ClosableSocket } from './closableSocket.ts';
import type { Connection, Connections } from './connections.ts';
import type { HostPolicy } from './hostPolicy.ts';
import type { InspectionAccess } from './inspectionAccess.ts';
import type { Limits } from './limits.ts';
import { inspectPath, isReserved, pathOf } from './paths.ts';
import { RefusalLog } from './refusalLog.ts';
import { securityHeaders } from './securityHeaders.ts';

/** A WebSocket that has been let in, and the connection underneath it. */
export interface Accepted {
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
}

export interface UpgradeOptions {
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly maxPayloadBytes: number;
  readonly connectData: (accepted: Accepted) => Connection;
  readonly connectInspector: (accepted: Accepted) => Connection;
}

type Upgrade = (request: IncomingMessage, tcp: Socket, head: Buffer) => void;

const commonOptions = {
  noServer: true,
  WebSocket: ClosableSocket,
  clientTracking: false,
  perMessageDeflate: false,
} as const;

/** Lets WebSockets in, or refuses them before the first frame. */
export function createUpgrades(options: UpgradeOptions): Upgrade {
  const { limits, connections } = options;
  const dataServer = new WebSocketServer({ ...commonOptions, maxPayload: options.maxPayloadBytes });
  const inspectionServer = new WebSocketServer({
    ...commonOptions,
    maxPayload: limits.maxInspectionPayloadBytes,
    // The proof is offered as a protocol too and must not be echoed.
    handleProtocols: (offered) => (offered.has(inspectionProtocol) ? inspectionProtocol : false),
  });
  const refuseSlowly = createSlowRefusal(options);
  const refusals = new RefusalLog(options.log);
  return (request, tcp, head) => {
    tcp.on('error', () => tcp.destroy());
    const refusal = refusalOf(options, request, refusals);
    if (refusal === 401) {
      refuseSlowly(tcp);
      return;
    }
    if (refusal !== undefined) {
      refuse(tcp, refusal);
      return;
    }
    const isInspection = pathOf(request.url) === inspectPath;
    const server = isInspection ? inspectionServer : dataServer;
    const connect = isInspection ? options.connectInspector : options.connectData;
    server.handleUpgrade(request, tcp, head, (socket) => {
      const connection = connect({ socket, tcp });
      connections.add(connection);
      // Faults of the protocol (too large, not UTF-8 …): the library closes with the right code.
      socket.on('error', () => undefined);
      socket.on('close', () => connections.remove(connection));
    });
  };
}

/** @returns The HTTP status to refuse with, or undefined for a welcome guest. */
function refusalOf(
  options: UpgradeOptions,
  request: IncomingMessage,
  refusals: RefusalLog,
): number | undefined {
  const { policy, access, connections } = options;
  const { host, origin } = request.headers;
  if (!policy.isOurHost(host, request.socket)) {
    refusals.host(host);
    return 403;
  }
  if (origin !== undefined && !policy.isOurOrigin(origin, request.socket)) {
    refusals.origin(origin);
    return 403;
  }
  const path = pathOf(request.url);
  if (path === inspectPath) {
    if (access.kind === 'off') return 403;
    if (!access.isProven(request)) return 401;
  } else if (isReserved(path)) {
    return 404;
  }
  return connections.isFull ? 503 : undefined;
}

/** Wrong proofs are answered late, so that guessing is slow, and few at a time. */
function createSlowRefusal({ clock, limits }: UpgradeOptions): (tcp: Socket) => void {
  let delayed = 0;
  return (tcp) => {
    if (delayed >= limits.maxDelayedRefusals) {
      tcp.destroy();
      return;
    }
    delayed += 1;
    const stop = clock.setTimer(limits.refusalDelayMs, () => refuse(tcp, 401));
    tcp.once('close', () => {
      stop();
      delayed -= 1;
    });
  };
}

function refuse(tcp: Socket, status: number): void {
  const headers = Object.entries({
    ...securityHeaders,
    Connection: 'close',
    'Content-Length': '0',
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  tcp.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`, () => tcp.destroy());
}
