import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { inspectionProtocol } from '../../protocol/inspection/access.ts';
import type { Clock } from '../clock.ts';
import { traceOf, type Log } from '../log.ts';
import { ClosableSocket } from './closableSocket.ts';
import { reasonOfFault } from './closeReasons.ts';
import type { Connection, Connections, Guest } from './connections.ts';
import type { HostPolicy } from './hostPolicy.ts';
import type { InspectionAccess } from './inspectionAccess.ts';
import type { Limits } from './limits.ts';
import { inspectPath, isReserved, pathOf } from './paths.ts';
import { RefusalLog } from './refusalLog.ts';
import { refuse } from './refuse.ts';
import type { SharedState } from './sharedState.ts';
import { hasBody } from './site.ts';

/** A WebSocket that has been let in, and the connection underneath it. */
export interface Accepted {
  readonly socket: ClosableSocket;
  readonly tcp: Socket;
  readonly shared: SharedState;
}

export interface UpgradeOptions {
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  readonly shared: SharedState;
  readonly maxPayloadBytes: number;
  readonly connectData: (accepted: Accepted) => Connection;
  readonly connectInspector: (accepted: Accepted) => Connection;
  /** Called when a connection has become a WebSocket. */
  readonly onAccepted: (tcp: Socket) => void;
}

type Upgrade = (request: IncomingMessage, tcp: Socket, head: Buffer) => void;

/** Lets WebSockets in, or refuses them before the first frame. */
export function createUpgrades(options: UpgradeOptions): Upgrade {
  const servers = createServers(options);
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
    const server = isInspection ? servers.inspection : servers.data;
    server.handleUpgrade(request, tcp, head, (socket) => {
      welcome(options, { socket, tcp, shared: options.shared }, isInspection);
    });
  };
}

function createServers({ limits, maxPayloadBytes }: UpgradeOptions) {
  const common = {
    noServer: true,
    WebSocket: ClosableSocket,
    clientTracking: false,
    perMessageDeflate: false,
    // The outlet answers pings, in bounds of its own.
    autoPong: false,
    maxFragments: limits.maxFragments,
    // The outlet watches over the closing handshake; this comes after it.
    closeTimeout: limits.closeGraceMs * 2,
  } as const;
  return {
    data: new WebSocketServer({ ...common, maxPayload: maxPayloadBytes }),
    inspection: new WebSocketServer({
      ...common,
      maxPayload: limits.maxInspectionPayloadBytes,
      // The proof is offered as a protocol too and must not be echoed.
      handleProtocols: (offered) => (offered.has(inspectionProtocol) ? inspectionProtocol : false),
    }),
  };
}

/** What fails here ends this connection. */
function welcome(options: UpgradeOptions, accepted: Accepted, isInspection: boolean): void {
  const { connections, clock, log, shared } = options;
  const { socket, tcp } = accepted;
  const address = tcp.remoteAddress;
  // Faults of the protocol (too large, not UTF-8 …): the library closes with the right code.
  socket.on('error', (error) => {
    const reason = reasonOfFault(error);
    if (reason) shared.closeLog.note(reason, address);
  });
  options.onAccepted(tcp);
  try {
    const connect = isInspection ? options.connectInspector : options.connectData;
    const connection = connect(accepted);
    // Who may inspect has proven it; and an inspector may look on without asking anything.
    const guest: Guest = {
      connection,
      address,
      openedAtMs: clock.nowMs(),
      isUnused: !isInspection,
    };
    connections.add(guest);
    socket.once('message', () => {
      guest.isUnused = false;
    });
    socket.on('close', () => connections.remove(guest));
  } catch (error) {
    log.error(`A connection could not be taken in: ${traceOf(error)}`);
    socket.terminate();
  }
}

/** @returns The HTTP status to refuse with, or undefined for a welcome guest. */
function refusalOf(
  options: UpgradeOptions,
  request: IncomingMessage,
  refusals: RefusalLog,
): number | undefined {
  const { policy, access, connections } = options;
  const { host, origin } = request.headers;
  // What follows could be a body or frames.
  if (hasBody(request)) return 400;
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
  return connections.makeRoom(request.socket.remoteAddress) ? undefined : 503;
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
